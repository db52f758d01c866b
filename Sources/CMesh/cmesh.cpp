#include "cmesh.h"

int64_t cmesh_live_handle_count(void) { return 0; }
