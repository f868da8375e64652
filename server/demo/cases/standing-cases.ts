/* eslint antfu/reasonable-newline: off -- a table reads by lines */
import type { Course } from './backlog.ts'
import type { CaseWish } from './compose-case.ts'

const plain: CaseWish = { urgency: 'normal', located: true }
const urgent: CaseWish = { urgency: 'urgent', located: true }

/** When a case came: so many hours ago (from, to), or on the day whose five working days end today. */
export type Came = readonly [from: number, to: number] | 'due-today'

/** Cases that are open since before today: how many, how far their work has come, when they came. */
export const standingCases: readonly (readonly [count: number, course: Course, came: Came, wish: CaseWish])[] = [
  // Within their five working days.
  [6, { to: 'registered' }, [3, 22], plain],
  [7, { to: 'dispatched' }, [9, 60], plain],
  [8, { to: 'accepted' }, [10, 70], plain],
  [11, { to: 'in-progress' }, [12, 92], plain],
  [12, { to: 'resolved' }, [20, 92], plain],
  // Nobody knows where yet.
  [8, { to: 'registered' }, [2, 44], { urgency: 'normal', located: false }],
  // These press: on their last day, or urgent ones that run out within 24 hours.
  [9, { to: 'in-progress' }, 'due-today', plain],
  [3, { to: 'accepted' }, 'due-today', plain],
  [5, { to: 'in-progress' }, [22.1, 23.8], urgent],
  [7, { to: 'accepted' }, [16.5, 21.5], urgent],
  [6, { to: 'in-progress' }, [6, 15], urgent],
  // Overdue.
  [3, { to: 'in-progress' }, [24.6, 33], urgent],
  [1, { to: 'registered' }, [24.3, 25], urgent],
  [2, { to: 'accepted' }, [11 * 24, 14 * 24], plain],
  // Side roads.
  [4, { to: 'suspended' }, [80, 260], plain],
  [3, { to: 'extension-requested' }, [30, 90], plain],
  [2, { to: 'return-requested' }, [5, 40], plain],
  // 连续不满意: open again, and again.
  [4, { to: 'dissatisfied', times: 1 }, [26, 60], plain],
  [16, { to: 'dissatisfied', times: 2 }, [34, 90], plain],
  [6, { to: 'dissatisfied', times: 3 }, [48, 92], plain],
]
