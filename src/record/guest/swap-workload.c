/*
 * swap-workload SEED SECONDS WORKERS PAGES DEVICE SWAPOFF SHMEM CROWD
 *
 * Swaps pages out and in until SECONDS are over, in WORKERS processes with PAGES pages each: writes, reads, MADV_PAGEOUT, MADV_DONTNEED,
 * munmap(), MADV_WILLNEED and fork(), drawn from SEED. The last SHMEM workers map shared memory. SWAPOFF 1 takes DEVICE away and brings it back
 * all the while. CROWD 1 forks so many children that a swap count needs its continuation, and more than one carry to it. Each page that is read is compared with what was
 * written; a difference ends with exit status 1.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif
#define PAGE 4096UL
#define WORDS (PAGE / sizeof(uint64_t))
#define SWAP_MAP_MAX 62

struct counters { unsigned long writes, reads, pageouts, drops, forks, crowds, wrong, swapoffs, swapoffs_failed, swapons; };

struct area { char *base; unsigned pages; int shared; uint32_t *tag; };

static struct counters *count;
static uint64_t state;
static double deadline;

static uint64_t draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

static void seed(uint64_t number)
{
	state = (number + 1) * 0x9E3779B97F4A7C15ULL;
	for (int i = 0; i < 4; i++)
		draw();
}

/* Tag 0 is the zero page; others are of one value, of many, or of few: what zswap stores, rejects and compresses well. */
static void fill(char *page, uint32_t tag)
{
	uint64_t *word = (uint64_t *)page, x = tag * 0x9E3779B97F4A7C15ULL;
	unsigned varied = tag % 4 == 1 ? 0 : tag % 4 == 2 ? 300 : 40;
	for (unsigned i = 0; i < WORDS; i++) {
		word[i] = tag % 4 == 0 ? 0 : x;
		if (i < varied)
			x = x * 6364136223846793005ULL + 1442695040888963407ULL;
	}
}

static int is_filled(const char *page, uint32_t tag)
{
	char expected[PAGE];
	fill(expected, tag);
	return memcmp(page, expected, PAGE) == 0;
}

static char *page_of(const struct area *a, unsigned i) { return a->base + i * PAGE; }

static void write_pages(struct area *a, unsigned from, unsigned n)
{
	for (unsigned i = from; i < from + n; i++) {
		a->tag[i] = (uint32_t)draw();
		fill(page_of(a, i), a->tag[i]);
	}
	__atomic_fetch_add(&count->writes, 1, __ATOMIC_RELAXED);
}

static void read_pages(struct area *a, unsigned from, unsigned n)
{
	for (unsigned i = from; i < from + n; i++)
		if (!is_filled(page_of(a, i), a->tag[i])) {
			dprintf(1, "WRONG page %u: expected tag %x\n", i, a->tag[i]);
			__atomic_fetch_add(&count->wrong, 1, __ATOMIC_RELAXED);
		}
	__atomic_fetch_add(&count->reads, 1, __ATOMIC_RELAXED);
}

static void drop_pages(struct area *a, unsigned from, unsigned n, int unmap)
{
	if (a->shared)
		return;
	if (unmap)
		mmap(page_of(a, from), n * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	else
		madvise(page_of(a, from), n * PAGE, MADV_DONTNEED);
	memset(a->tag + from, 0, n * sizeof(*a->tag));
	__atomic_fetch_add(&count->drops, 1, __ATOMIC_RELAXED);
}

static void range(const struct area *a, unsigned *from, unsigned *n, unsigned most)
{
	*from = draw() % a->pages;
	*n = 1 + draw() % most;
	if (*from + *n > a->pages)
		*n = a->pages - *from;
}

static void child(struct area *a)
{
	state ^= getpid() * 7919u;
	for (int i = 0; i < 4; i++) {
		unsigned from, n;
		range(a, &from, &n, 16);
		switch (draw() % 4) {
		case 0: if (!a->shared) write_pages(a, from, n); break;
		case 1: if (!a->shared) read_pages(a, from, n); break;
		case 2: madvise(page_of(a, from), n * PAGE, MADV_PAGEOUT); break;
		case 3: drop_pages(a, from, n, 1); break;
		}
	}
	_exit(0);
}

static void fork_child(struct area *a)
{
	pid_t pid = fork();
	if (pid == 0)
		child(a);
	if (pid > 0 && draw() % 2)
		waitpid(pid, NULL, 0);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	__atomic_fetch_add(&count->forks, 1, __ATOMIC_RELAXED);
}

/* One of a crowd: holds what it inherited until it is told to read it, or is killed. */
static void member(struct area *a, unsigned from, unsigned n, const sigset_t *told)
{
	int signal;
	sigwait(told, &signal);
	for (unsigned i = from; i < from + n; i++)
		(void)*(volatile char *)page_of(a, i);
	_exit(0);
}

/* More children hold a swapped-out page than swap_map can count in one byte, and so many more that it is carried twice. */
static void crowd(struct area *a)
{
	pid_t pids[2 * (SWAP_MAP_MAX + 1) + 6];
	unsigned from, n, born = 0, most = sizeof(pids) / sizeof(*pids);
	sigset_t told;
	if (a->shared)
		return;
	sigemptyset(&told);
	sigaddset(&told, SIGUSR1);
	sigprocmask(SIG_BLOCK, &told, NULL);
	range(a, &from, &n, 3);
	write_pages(a, from, n);
	madvise(page_of(a, from), n * PAGE, MADV_PAGEOUT);
	while (born < most && (pids[born] = fork()) >= 0) {
		if (pids[born] == 0)
			member(a, from, n, &told);
		born++;
	}
	for (unsigned i = 0; i < born; i++) {
		kill(pids[i], draw() % 2 ? SIGUSR1 : SIGKILL);
		if (draw() % 2)
			waitpid(pids[i], NULL, 0);
	}
	while (waitpid(-1, NULL, 0) > 0)
		;
	__atomic_fetch_add(&count->crowds, 1, __ATOMIC_RELAXED);
}

static void work(struct area *a, int crowds)
{
	if (crowds)
		crowd(a);
	while (seconds() < deadline) {
		unsigned from, n;
		range(a, &from, &n, 32);
		switch (draw() % 16) {
		case 0: case 1: case 2: write_pages(a, from, n); break;
		case 3: case 4: case 5: read_pages(a, from, n); break;
		case 6: case 7: case 8: case 9:
			madvise(page_of(a, from), n * PAGE, MADV_PAGEOUT);
			__atomic_fetch_add(&count->pageouts, 1, __ATOMIC_RELAXED);
			break;
		case 10: drop_pages(a, from, n, 0); break;
		case 11: drop_pages(a, from, n, 1); break;
		case 12: madvise(page_of(a, from), n * PAGE, MADV_WILLNEED); break;
		case 13: case 14: fork_child(a); break;
		case 15: if (crowds && draw() % 4 == 0) crowd(a); break;
		}
	}
	read_pages(a, 0, a->pages);
	while (wait(NULL) > 0)
		;
	_exit(0);
}

static void start_worker(unsigned pages, int shared, int crowds)
{
	int kind = shared ? MAP_SHARED : MAP_PRIVATE;
	struct area a = { .pages = pages, .shared = shared };
	a.base = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, kind | MAP_ANONYMOUS, -1, 0);
	a.tag = calloc(pages, sizeof(*a.tag));
	write_pages(&a, 0, pages);
	work(&a, crowds);
}

/* In the root control group, so that swapoff has memory to bring the pages back to. */
static void switch_device(const char *device)
{
	int procs = open("/cg/cgroup.procs", O_WRONLY);
	if (procs >= 0) {
		dprintf(procs, "0\n");
		close(procs);
	}
	prctl(PR_SET_NAME, "swapoff");
	while (seconds() < deadline) {
		usleep(50000 + draw() % 150000);
		if (swapoff(device) != 0) {
			count->swapoffs_failed++;
			continue;
		}
		count->swapoffs++;
		usleep(draw() % 50000);
		if (swapon(device, 0) == 0)
			count->swapons++;
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	if (argc != 9) {
		fprintf(stderr, "usage: swap-workload SEED SECONDS WORKERS PAGES DEVICE SWAPOFF SHMEM CROWD\n");
		return 2;
	}
	uint64_t first = strtoull(argv[1], NULL, 10);
	int workers = atoi(argv[3]), shmem = atoi(argv[7]), crowds = atoi(argv[8]);
	count = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	deadline = seconds() + atof(argv[2]);
	for (int i = 0; i < workers; i++)
		if (fork() == 0) {
			seed(first * 1000 + i);
			start_worker(atoi(argv[4]), i >= workers - shmem, crowds && i == 0);
		}
	if (atoi(argv[6]) && fork() == 0) {
		seed(first * 1000 + 999);
		switch_device(argv[5]);
	}
	while (wait(NULL) > 0)
		;
	printf("writes %lu reads %lu pageouts %lu drops %lu forks %lu crowds %lu wrong %lu swapoffs %lu failed %lu swapons %lu\n", count->writes,
	       count->reads, count->pageouts, count->drops, count->forks, count->crowds, count->wrong, count->swapoffs,
	       count->swapoffs_failed, count->swapons);
	return count->wrong != 0;
}
