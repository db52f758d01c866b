#include "cembree.h"

int64_t cembree_live_handle_count(void) { return 0; }
