/** Each protection of the charges of memory cgroups in a pair of scenarios, in the way of `protections.ts`. */
import { memcgProperties } from '../memcg-properties.js'
import { memcgPairs } from './memcg-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { zswapMemcgPairs } from './zswap-memcg-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'zswap-max': {
    title: 'A page goes to zswap for a memcg that may have none there',
    without: 'look at zswap.max before a page is compressed',
    violates: 'ZswapMaxZeroKept',
    on: zswapMemcgPairs['zswap-max-two-memcgs'],
    counts: [8_945, 17_085, 56],
  },
  'zswap-charge': {
    title: 'A zswap entry is not charged',
    without: 'charge the zswap entry',
    violates: 'ZswapChargeExact',
    on: zswapMemcgPairs['zswap-max-reclaim-vs-reclaim'],
    counts: [18_269, 35_277, 71],
  },
  'zswap-uncharge': {
    title: 'A zswap entry is freed, and its charge stays',
    without: 'uncharge the zswap entry that is freed',
    violates: 'ZswapChargeExact',
    on: zswapMemcgPairs['zswap-max-shrinker-vs-zap'],
    counts: [489, 893, 26],
  },
  'zswap-writeback': {
    title: 'A page that zswap refuses goes to the device, though zswap.writeback is 0',
    without: 'look at zswap.writeback before a slot is allocated',
    violates: 'ZswapWritebackKept',
    on: zswapMemcgPairs['zswap-writeback-reclaim-vs-fault'],
    counts: [570, 992, 60],
  },
  'memcg-id-online': {
    title: 'An entry records the id of a memcg that has lost it',
    without: 'get the id of a memcg that still has it',
    violates: 'RecordedIdLive',
    on: memcgPairs['memcg-rmdir-vs-reclaim'],
    counts: [41, 63, 13],
  },
  'memcg-charge': {
    title: 'A slot is linked to an entry without a charge',
    without: 'charge the slot before it is linked',
    violates: 'ChargeCovers',
    on: memcgPairs['memcg-fault-vs-reclaim'],
    counts: [570, 992, 60],
  },
  'memcg-swap-max': {
    title: 'A charge beyond swap.max is not refused',
    without: 'refuse a slot beyond swap.max',
    violates: 'SwapMaxKept',
    on: memcgPairs['swap-max-zap-vs-reclaim'],
    counts: [1_078, 1_968, 60],
  },
  'memcg-charge-and-test': {
    title: 'Two charges are both tested before either is made',
    without: 'charge and test in one access',
    violates: 'SwapMaxKept',
    on: memcgPairs['swap-max-reclaim-vs-reclaim'],
    counts: [46_047, 91_743, 125],
  },
  'memcg-free-refused': {
    title: 'The physical slot whose charge was refused is not freed',
    without: 'free the slot that is not charged',
    violates: 'NoLeak',
    on: memcgPairs['swap-max-fault-vs-reclaim'],
    counts: [681, 1_195, 67],
  },
  'memcg-free-refused-rcu': {
    title: 'swapoff tears the device down while the slot whose charge was refused is being freed',
    without: 'hold off RCU grace periods under ci->lock',
    violates: 'NoUseAfterFree',
    on: memcgPairs['swap-max-swapoff-vs-reclaim'],
    counts: [960, 1_830, 74],
  },
  'memcg-uncharge': {
    title: 'release_backing() frees a slot and leaves its charge',
    without: 'uncharge the slot that is released',
    violates: 'ChargeExact',
    on: memcgPairs['memcg-fault-vs-zap'],
    counts: [424, 774, 26],
  },
  'memcg-uncharge-swapoff': {
    title: 'vswap_swapoff() frees a slot and leaves its charge',
    without: 'uncharge in vswap_swapoff',
    violates: 'ChargeExact',
    on: memcgPairs['memcg-swapoff-vs-zap'],
    counts: [3_170, 6_542, 76],
  },
  'memcg-forget-last': {
    title: 'vswap_free() forgets the memcg before release_backing() asks whom to uncharge',
    without: 'forget the memcg after the backing is released',
    violates: 'ChargeExact',
    on: memcgPairs['memcg-fault-vs-zap'],
    counts: [412, 750, 26],
  },
  'memcg-unrecord': {
    title: 'The reference to the id of the memcg is not put with the virtual slot',
    without: 'unrecord the memcg with the virtual slot',
    violates: 'ChargeExact',
    on: memcgPairs['memcg-rmdir-vs-zap'],
    counts: [78, 137, 25],
  },
  'memcg-shrinker-gives-up': {
    title: 'The shrinker, whose slot is refused, leaves its folio locked and referred to',
    without: 'unlock and put the folio that zswap writeback gives up',
    violates: 'NoLeak',
    on: memcgPairs['swap-max-shrinker-vs-zap'],
    counts: [1_346, 2_629, 61],
  },
}

export const scenarios = protectionPairs(list, memcgProperties)
