/** mm/memcontrol.c: the end of a memory cgroup (v6.14). Its pages stay charged to it, and its id is there until the last entry that records it is free. */
import { ret } from '../../checker/index.js'
import { Memcg } from './memcg.js'
import { mem_cgroup_id_put } from './memcg-charge.js'
import { procedure } from './state.js'

/** mem_cgroup_css_offline(css), after rmdir. */
export const mem_cgroup_css_offline = procedure(
  'mem_cgroup_css_offline',
  { args: { memcg: Memcg } },
  {
    /** kill_css(): percpu_ref_kill_and_confirm(&css->refcnt, css_killed_ref_fn); css_tryget_online() fails from now on */
    kill_css(s, me) {
      s.memcg[me.memcg].online = false
      return 'mem_cgroup_id_put'
    },
    /** mem_cgroup_id_put(memcg); */
    mem_cgroup_id_put(s, me) {
      mem_cgroup_id_put(s, me.memcg)
      return ret()
    },
  },
)
