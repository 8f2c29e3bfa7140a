/** kernel/cgroup/cgroup.c: cgroup_attach_task(): a task goes to another memcg; what it is charged for stays where it is. */
import { ret } from '../../checker/index.js'
import { Memcg } from './memcg-fields.js'
import { Pte, procedure } from './state.js'

export const cgroup_attach_task = procedure(
  'cgroup_attach_task',
  { args: { pte: Pte, memcg: Memcg } },
  {
    /** cgroup_migrate_execute(): css_set_move_task(task, from_cset, to_cset, true); */
    css_set_move_task(s, me) {
      s.mm_memcg[me.pte] = me.memcg
      return ret()
    },
  },
)
