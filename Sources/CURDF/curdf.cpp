#include "curdf.h"

int64_t curdf_live_handle_count(void) { return 0; }
