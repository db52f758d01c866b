#include "cvideo.h"

int64_t cvideo_live_handle_count(void) { return 0; }
