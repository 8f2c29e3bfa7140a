/*
 * The twin of specs/classics/two-phase-commit.ts for Spin, with N resource managers (-DN=3 to -DN=10).
 *
 * The same variables, as lean as Promela allows: one process of rules, each a d_step, and sets as masks, so that a state is stored in 12 bytes
 * for N = 8 and 9. States stored = our distinct; transitions = our generated: pan, too, counts the initial state and every successor,
 * repeated receipts (successors equal to their state) included. TCConsistent is asserted where rmState changes in a way that can break it.
 */
#if N > 8
#define SET short
#else
#define SET byte
#endif

/* rmState, two bits for each resource manager: working 00, prepared 01, committed 10, aborted 11 */
SET high, low;
/* 0 init, 1 committed, 2 aborted */
unsigned tmState : 2;
SET tmPrepared, msgsPrepared;
bit msgsCommit, msgsAbort;

#define BIT(rm) (1 << rm)
#define WORKING(rm) (((high | low) & BIT(rm)) == 0)
#define TCConsistent assert((high & low) == 0 || (high & ~low) == 0)

#define RULES(rm) \
  /* TMRcvPrepared */ \
  :: d_step { tmState == 0 && (msgsPrepared & BIT(rm)) -> tmPrepared = tmPrepared | BIT(rm) } \
  /* RMPrepare */ \
  :: d_step { WORKING(rm) -> low = low | BIT(rm); msgsPrepared = msgsPrepared | BIT(rm) } \
  /* RMChooseToAbort */ \
  :: d_step { WORKING(rm) -> low = low | BIT(rm); high = high | BIT(rm); TCConsistent } \
  /* RMRcvCommitMsg */ \
  :: d_step { msgsCommit -> high = high | BIT(rm); low = low & ~BIT(rm); TCConsistent } \
  /* RMRcvAbortMsg */ \
  :: d_step { msgsAbort -> high = high | BIT(rm); low = low | BIT(rm); TCConsistent }

active proctype rules() {
end:
  do
  /* TMCommit */
  :: d_step { tmState == 0 && tmPrepared == (1 << N) - 1 -> tmState = 1; msgsCommit = 1 }
  /* TMAbort */
  :: d_step { tmState == 0 -> tmState = 2; msgsAbort = 1 }
  RULES(0) RULES(1) RULES(2)
#if N > 3
  RULES(3)
#endif
#if N > 4
  RULES(4)
#endif
#if N > 5
  RULES(5)
#endif
#if N > 6
  RULES(6)
#endif
#if N > 7
  RULES(7)
#endif
#if N > 8
  RULES(8)
#endif
#if N > 9
  RULES(9)
#endif
  od
}
