/** Error numbers (include/uapi/asm-generic/errno-base.h, errno.h). A kernel function returns one negated: `ret(-ENOENT)`. */

/** No such entry. */
export const ENOENT = 2
/** Interrupted by a signal. */
export const EINTR = 4
/** Input/output error. */
export const EIO = 5
/** Try again. */
export const EAGAIN = 11
export const ENOMEM = 12
/** Device or resource busy. */
export const EBUSY = 16
/** It exists already. */
export const EEXIST = 17
export const ENODEV = 19
/** Invalid argument. */
export const EINVAL = 22
export const ENOSPC = 28
/** The memory page has a hardware error. */
export const EHWPOISON = 133
