#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

int64_t cmesh_live_handle_count(void);

#ifdef __cplusplus
}
#endif
