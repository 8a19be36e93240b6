/*
 * Preloaded into the service: records what it does to files below RECORD_BELOW, with contents and in one order, in the file
 * RECORD_TO. A record is a head of ten numbers of eight bytes and, behind it, two names and data:
 *
 *   kind, inode, offset, length, inode of the directory, length of the name, inode of the second directory, length of the
 *   second name, length of the data, 0
 *
 * Each operation is done and recorded under one lock, so that the order of the records is an order in which all of it
 * happened. What is read is not recorded. As soon as there is a file RECORD_KILL the process is killed, between two
 * operations: one that was done and not recorded would be missing from the next life's record. Written for Linux with glibc.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, RENAME, LINK, UNLINK, MKDIR, RMDIR, SYMLINK, UNKNOWN };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char below[PATH_MAX];
static size_t below_length;
static int out = -1;


/* The C library's own, as this file has one too. */
static long raw(long number, ...) {
  static long (*real)(long, ...);
  long a[6];
  va_list more;
  va_start(more, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(more, long);
  va_end(more);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static int is_below(const char *path) {
  return below_length && strncmp(path, below, below_length) == 0 &&
    (path[below_length] == '/' || path[below_length] == 0);
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = raw(SYS_write, out, at, length);
    if (done < 0) {
      if (errno == EINTR) continue;
      _exit(97); /* a log with a hole in it would prove nothing */
    }
    at += done;
    length -= (size_t)done;
  }
}

struct place { uint64_t inode; const char *name; };

static void record(int kind, uint64_t inode, int64_t offset, int64_t length, struct place a, struct place b,
    const void *data, size_t data_length) {
  uint64_t head[10] = { (uint64_t)kind, inode, (uint64_t)offset, (uint64_t)length, a.inode, a.name ? strlen(a.name) : 0,
    b.inode, b.name ? strlen(b.name) : 0, data_length, 0 };
  int before = errno;
  put(head, sizeof head);
  if (a.name) put(a.name, strlen(a.name));
  if (b.name) put(b.name, strlen(b.name));
  if (data_length) put(data, data_length);
  errno = before;
}

static const struct place NOWHERE = { 0, NULL };

static void *wait_for_the_kill(void *file) {
  struct stat found;
  while (stat(file, &found)) usleep(2000);
  pthread_mutex_lock(&lock);
  kill(getpid(), SIGKILL);
  return NULL;
}

__attribute__((constructor)) static void begin(void) {
  const char *to = getenv("RECORD_TO"), *root = getenv("RECORD_BELOW");
  struct stat found;
  if (!to || !root) return;
  out = (int)raw(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out < 0 || !realpath(root, below) || stat(below, &found)) _exit(96);
  below_length = strlen(below);
  pthread_t waiting;
  char *killer = getenv("RECORD_KILL");
  if (!killer || pthread_create(&waiting, NULL, wait_for_the_kill, killer)) _exit(95);
  pthread_detach(waiting);
}

/* The directory of a path, made whole, and the name in it. Returns whether it is below. */
static int place_of(int directory, const char *path, char *whole, char *name, struct place *place) {
  char parent[PATH_MAX], joined[PATH_MAX];
  if (out < 0 || !path || !*path || strlen(path) >= PATH_MAX - 300) return 0;
  if (path[0] == '/' || directory == AT_FDCWD) snprintf(joined, sizeof joined, "%s", path);
  else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, parent, sizeof parent - 1);
    if (length < 0) return 0;
    parent[length] = 0;
    if (snprintf(joined, sizeof joined, "%s/%s", parent, path) >= (int)sizeof joined) return 0;
  }
  size_t end = strlen(joined);
  while (end > 1 && joined[end - 1] == '/') joined[--end] = 0;
  char *slash = strrchr(joined, '/');
  snprintf(name, NAME_MAX + 1, "%.255s", slash ? slash + 1 : joined);
  if (slash == joined) strcpy(parent, "/");
  else if (slash) { *slash = 0; strcpy(parent, joined); }
  else strcpy(parent, ".");
  struct stat found;
  int before = errno;
  if (!realpath(parent, whole) || !is_below(whole) || stat(whole, &found)) { errno = before; return 0; }
  errno = before;
  place->inode = found.st_ino;
  place->name = name;
  return 1;
}

/* The inode of an open file below, or 0. */
static uint64_t inode_of(int fd) {
  char link[64], path[PATH_MAX];
  struct stat found;
  if (out < 0 || fd < 0 || fd == out) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int before = errno;
  ssize_t length = readlink(link, path, sizeof path - 1);
  errno = before;
  if (length <= 0) return 0;
  path[length] = 0;
  if (!is_below(path) || fstat(fd, &found)) { errno = before; return 0; }
  return found.st_ino;
}

static int opened(int directory, const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX], name[NAME_MAX + 1];
  struct place place;
  struct stat found;
  int writes = flags & (O_CREAT | O_TRUNC);
  if (!writes || !place_of(directory, path, whole, name, &place))
    return (int)raw(SYS_openat, directory, path, flags, mode);
  pthread_mutex_lock(&lock);
  int is_there = fstatat(directory, path, &found, 0) == 0;
  int fd = (int)raw(SYS_openat, directory, path, flags, mode);
  if (fd >= 0 && (flags & O_TMPFILE) == O_TMPFILE) {
    fstat(fd, &found);
    record(UNKNOWN, found.st_ino, 0, 0, place, NOWHERE, "O_TMPFILE", 9);
  } else if (fd >= 0) {
    fstat(fd, &found);
    if (!is_there) record(CREATE, found.st_ino, 0, 0, place, NOWHERE, NULL, 0);
    else if ((flags & O_TRUNC) && S_ISREG(found.st_mode)) record(TRUNCATE, found.st_ino, 0, 0, NOWHERE, NOWHERE, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

#define MODE_OF(flags) mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_OF(flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE_OF(flags) return opened(at, path, flags | O_LARGEFILE, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags | O_LARGEFILE, 0); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static off_t place_in(int fd) {
  struct stat found;
  int flags = fcntl(fd, F_GETFL);
  if (flags >= 0 && (flags & O_APPEND) && fstat(fd, &found) == 0) return found.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  uint64_t inode = inode_of(fd);
  if (!inode) return raw(SYS_write, fd, bytes, length);
  pthread_mutex_lock(&lock);
  off_t at = place_in(fd);
  ssize_t done = raw(SYS_write, fd, bytes, length);
  if (done > 0) record(WRITE, inode, at, done, NOWHERE, NOWHERE, bytes, (size_t)done);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  uint64_t inode = inode_of(fd);
  if (!inode) return raw(SYS_pwrite64, fd, bytes, length, at);
  pthread_mutex_lock(&lock);
  ssize_t done = raw(SYS_pwrite64, fd, bytes, length, at);
  if (done > 0) record(WRITE, inode, at, done, NOWHERE, NOWHERE, bytes, (size_t)done);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

static void record_all(uint64_t inode, off_t at, const struct iovec *pieces, int count, ssize_t done) {
  for (int i = 0; i < count && done > 0; i++) {
    size_t length = pieces[i].iov_len < (size_t)done ? pieces[i].iov_len : (size_t)done;
    record(WRITE, inode, at, (int64_t)length, NOWHERE, NOWHERE, pieces[i].iov_base, length);
    at += (off_t)length;
    done -= (ssize_t)length;
  }
}
ssize_t writev(int fd, const struct iovec *pieces, int count) {
  uint64_t inode = inode_of(fd);
  if (!inode) return raw(SYS_writev, fd, pieces, count);
  pthread_mutex_lock(&lock);
  off_t at = place_in(fd);
  ssize_t done = raw(SYS_writev, fd, pieces, count);
  record_all(inode, at, pieces, count, done);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t at) {
  uint64_t inode = inode_of(fd);
  if (!inode) return raw(SYS_pwritev, fd, pieces, count, (long)at, 0L);
  pthread_mutex_lock(&lock);
  ssize_t done = raw(SYS_pwritev, fd, pieces, count, (long)at, 0L);
  record_all(inode, at, pieces, count, done);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at) { return pwritev64(fd, pieces, count, at); }

int ftruncate64(int fd, off64_t length) {
  uint64_t inode = inode_of(fd);
  pthread_mutex_lock(&lock);
  int done = (int)raw(SYS_ftruncate, fd, length);
  if (inode && done == 0) record(TRUNCATE, inode, 0, length, NOWHERE, NOWHERE, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }


/* What comes while a sync is under way is not told from what was there before: so one is recorded when it begins, as far
 * as it counts (SYNC with offset 1), and again when it has ended. */
static int synced_in_order(int fd, int number) {
  uint64_t inode = inode_of(fd);
  if (inode) {
    pthread_mutex_lock(&lock);
    record(SYNC, inode, 1, (int64_t)raw(SYS_gettid), NOWHERE, NOWHERE, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  int done = (int)syscall(number, fd);
  if (inode) {
    pthread_mutex_lock(&lock);
    record(SYNC, inode, done == 0 ? 2 : 3, (int64_t)raw(SYS_gettid), NOWHERE, NOWHERE, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  return done;
}
int fsync(int fd) { return synced_in_order(fd, SYS_fsync); }
int fdatasync(int fd) { return synced_in_order(fd, SYS_fdatasync); }
int syncfs(int fd) { return synced_in_order(fd, SYS_syncfs); } /* of the one file: less than it does */

static int renamed(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  char whole[PATH_MAX], name[NAME_MAX + 1], whole2[PATH_MAX], name2[NAME_MAX + 1];
  struct place a, b;
  struct stat found, other;
  int is_a = place_of(from_at, from, whole, name, &a), is_b = place_of(to_at, to, whole2, name2, &b);
  if (!is_a && !is_b) return (int)raw(SYS_renameat2, from_at, from, to_at, to, flags);
  pthread_mutex_lock(&lock);
  fstatat(from_at, from, &found, AT_SYMLINK_NOFOLLOW);
  if (fstatat(to_at, to, &other, AT_SYMLINK_NOFOLLOW)) other.st_ino = 0;
  int done = (int)raw(SYS_renameat2, from_at, from, to_at, to, flags);
  if (done == 0) record(is_a && is_b ? RENAME : UNKNOWN, found.st_ino, (int64_t)other.st_ino, (int64_t)flags, a, b, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
  char whole[PATH_MAX], name[NAME_MAX + 1];
  struct place place;
  struct stat found;
  int is_below_it = place_of(to_at, to, whole, name, &place);
  if (!is_below_it) return (int)raw(SYS_linkat, from_at, from, to_at, to, flags);
  pthread_mutex_lock(&lock);
  int done = (int)raw(SYS_linkat, from_at, from, to_at, to, flags);
  if (done == 0 && fstatat(to_at, to, &found, AT_SYMLINK_NOFOLLOW) == 0)
    record(LINK, found.st_ino, 0, 0, place, NOWHERE, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int symlinkat(const char *target, int at, const char *path) {
  char whole[PATH_MAX], name[NAME_MAX + 1];
  struct place place;
  struct stat found;
  if (!place_of(at, path, whole, name, &place)) return (int)raw(SYS_symlinkat, target, at, path);
  pthread_mutex_lock(&lock);
  int done = (int)raw(SYS_symlinkat, target, at, path);
  if (done == 0 && fstatat(at, path, &found, AT_SYMLINK_NOFOLLOW) == 0)
    record(SYMLINK, found.st_ino, 0, 0, place, NOWHERE, target, strlen(target));
  pthread_mutex_unlock(&lock);
  return done;
}
int symlink(const char *target, const char *path) { return symlinkat(target, AT_FDCWD, path); }

int unlinkat(int at, const char *path, int flags) {
  char whole[PATH_MAX], name[NAME_MAX + 1];
  struct place place;
  struct stat found;
  if (!place_of(at, path, whole, name, &place)) return (int)raw(SYS_unlinkat, at, path, flags);
  pthread_mutex_lock(&lock);
  int is_there = fstatat(at, path, &found, AT_SYMLINK_NOFOLLOW) == 0;
  int done = (int)raw(SYS_unlinkat, at, path, flags);
  if (done == 0 && is_there)
    record((flags & AT_REMOVEDIR) ? RMDIR : UNLINK, found.st_ino, 0, 0, place, NOWHERE, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
  struct stat found;
  if (lstat(path, &found)) return -1;
  return S_ISDIR(found.st_mode) ? rmdir(path) : unlink(path);
}

int mkdirat(int at, const char *path, mode_t mode) {
  char whole[PATH_MAX], name[NAME_MAX + 1];
  struct place place;
  struct stat found;
  if (!place_of(at, path, whole, name, &place)) return (int)raw(SYS_mkdirat, at, path, mode);
  pthread_mutex_lock(&lock);
  int done = (int)raw(SYS_mkdirat, at, path, mode);
  if (done == 0 && fstatat(at, path, &found, 0) == 0) record(MKDIR, found.st_ino, 0, 0, place, NOWHERE, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

static void unknown(int fd, const char *what) {
  uint64_t inode = inode_of(fd);
  if (!inode) return;
  pthread_mutex_lock(&lock);
  record(UNKNOWN, inode, 0, 0, NOWHERE, NOWHERE, what, strlen(what));
  pthread_mutex_unlock(&lock);
}
/* Room that is made before it is written: it counts as zeros that may be there or not. */
static int allocated(int fd, int mode, off64_t at, off64_t length) {
  uint64_t inode = inode_of(fd);
  struct stat found;
  pthread_mutex_lock(&lock);
  int done = (int)raw(SYS_fallocate, fd, mode, at, length);
  if (done == 0 && inode && mode == 0 && fstat(fd, &found) == 0)
    record(TRUNCATE, inode, 0, found.st_size, NOWHERE, NOWHERE, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (done == 0 && mode != 0) unknown(fd, "fallocate");
  return done;
}
int fallocate64(int fd, int mode, off64_t at, off64_t length) { return allocated(fd, mode, at, length); }
int fallocate(int fd, int mode, off_t at, off_t length) { return allocated(fd, mode, at, length); }
int posix_fallocate64(int fd, off64_t at, off64_t length) { return allocated(fd, 0, at, length) ? errno : 0; }
int posix_fallocate(int fd, off_t at, off_t length) { return allocated(fd, 0, at, length) ? errno : 0; }
ssize_t copy_file_range(int in, off64_t *in_at, int to, off64_t *to_at, size_t length, unsigned flags) {
  unknown(to, "copy_file_range");
  return raw(SYS_copy_file_range, in, in_at, to, to_at, length, flags);
}
ssize_t sendfile64(int to, int in, off64_t *at, size_t length) {
  unknown(to, "sendfile");
  return raw(SYS_sendfile, to, in, at, length);
}
ssize_t sendfile(int to, int in, off_t *at, size_t length) { return sendfile64(to, in, at, length); }

/* The engine renames by the number of the call, as its C library may be older than it. */
long syscall(long number, ...) {
  long a[6];
  va_list more;
  va_start(more, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(more, long);
  va_end(more);
  if (number == SYS_renameat2)
    return renamed((int)a[0], (const char *)a[1], (int)a[2], (const char *)a[3], (unsigned)a[4]);
  if (number == SYS_copy_file_range) unknown((int)a[2], "copy_file_range by number");
  return raw(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
