/*
 * The twin of specs/classics/filter-lock.ts for Spin, with N processes (-DN=3, -DN=4 or -DN=6).
 *
 * The same variables, ghosts and program counters included, as lean as Promela allows: one process of rules, each a d_step, and bytes, so that a
 * state is stored in 37 bytes for N = 6. (A proctype for each thread gives the same 37 bytes and the same time.)
 * States stored = our distinct; transitions = our generated: pan, too, counts the initial state and every successor. EveryLevelFilters is
 * asserted where a process passes a level, and only for that level, as no other count has grown; for the last level it is MutualExclusion.
 */
#define LAST (N - 1)

#define outside 0
#define set_level 1
#define set_victim 2
#define wait 3
#define critical 4

byte pc[N];
byte i[N];
byte level[N];
byte passed[N];
/* From 1 on; 0 is not used. */
byte victim[N];

#if N == 6
#define REACHED(a, l) ((a[0] >= l) + (a[1] >= l) + (a[2] >= l) + (a[3] >= l) + (a[4] >= l) + (a[5] >= l))
#elif N == 4
#define REACHED(a, l) ((a[0] >= l) + (a[1] >= l) + (a[2] >= l) + (a[3] >= l))
#else
#define REACHED(a, l) ((a[0] >= l) + (a[1] >= l) + (a[2] >= l))
#endif

#define THREAD(p) \
  :: d_step { pc[p] == outside -> pc[p] = set_level } \
  :: d_step { pc[p] == set_level -> i[p] = i[p] + 1; level[p] = i[p]; pc[p] = set_victim } \
  :: d_step { pc[p] == set_victim -> victim[i[p]] = p; pc[p] = wait } \
  :: d_step { pc[p] == wait && (victim[i[p]] != p || REACHED(level, i[p]) == 1) -> \
      passed[p] = i[p]; \
      assert(REACHED(passed, i[p]) <= N - i[p]); \
      if \
      :: i[p] < LAST -> pc[p] = set_level \
      :: else -> i[p] = 0; pc[p] = critical \
      fi } \
  :: d_step { pc[p] == critical -> level[p] = 0; passed[p] = 0; pc[p] = outside }

active proctype rules() {
  do
  THREAD(0) THREAD(1) THREAD(2)
#if N > 3
  THREAD(3)
#endif
#if N > 4
  THREAD(4) THREAD(5)
#endif
  od
}
