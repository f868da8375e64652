import type { LedgerRequest } from '../../db/queries/ledger.ts'

type Question = Partial<Omit<LedgerRequest, 'filter'>> & { filter: Partial<LedgerRequest['filter']> }

const day = (text: string) => new Date(`${text}T00:00:00+08:00`)
const open = [
  'registered',
  'dispatched',
  'accepted',
  'in-progress',
  'return-requested',
  'extension-requested',
  'resolved',
  'reopened',
  'suspended',
] as const

/** What people ask of a ledger, each filter alone and in mixtures that go against each other, by name. */
export const ledgerQuestions: Record<string, Question> = {
  'nothing': { filter: {} },
  'open': {
    filter: {
      statuses: [...open],
    },
  },
  'open, oldest first': {
    filter: {
      statuses: [...open],
    },
    sort: 'reportedAt',
    descending: false,
  },
  'open, by deadline': {
    filter: {
      statuses: [...open],
    },
    sort: 'dueAt',
    descending: false,
  },
  'one state': {
    filter: {
      statuses: ['return-requested'],
    },
  },
  'archived': {
    filter: {
      statuses: ['archived'],
    },
  },
  'archived, oldest first': {
    filter: {
      statuses: ['archived'],
    },
    sort: 'reportedAt',
    descending: false,
  },
  'kind, common': {
    filter: {
      kinds: ['property'],
    },
  },
  'kind, rare': {
    filter: {
      kinds: ['culture'],
    },
  },
  'source, common': {
    filter: {
      sources: ['hotline'],
    },
  },
  'source, rare': {
    filter: {
      sources: ['inspection'],
    },
  },
  'urgency': {
    filter: {
      urgencies: ['emergency'],
    },
  },
  'community': {
    filter: { region: '990101001001' },
  },
  'community, small': {
    filter: { region: '990101001018' },
  },
  'grid': {
    filter: { region: '990101001003005' },
  },
  'subdistrict': {
    filter: { region: '990101001' },
  },
  'compound': {
    filter: { compound: 100205 },
  },
  'renovation zone': {
    filter: { zone: 'zone-3' },
  },
  'worksite': {
    filter: { worksite: 'site-4' },
  },
  'assignee': {
    filter: { assignee: 'G010' },
  },
  'nobody has it': {
    filter: { assignee: null },
  },
  'overdue': {
    filter: { due: 'overdue' },
    sort: 'dueAt',
    descending: false,
  },
  'due soon': {
    filter: { due: 'soon' },
    sort: 'dueAt',
    descending: false,
  },
  'satisfied': {
    filter: { answer: 'satisfied' },
  },
  'dissatisfied': {
    filter: { answer: 'dissatisfied' },
    sort: 'closedAt',
  },
  'dissatisfied twice in a row': {
    filter: { dissatisfied: 2 },
    sort: 'dissatisfied',
  },
  'supervised': {
    filter: { supervised: true },
  },
  'not located': {
    filter: { unlocated: true },
  },
  'a month': {
    filter: {
      reported: {
        from: day('2026-05-01'),
        to: day('2026-06-01'),
      },
    },
    sort: 'reportedAt',
  },
  'a month, by community': {
    filter: {
      reported: {
        from: day('2026-05-01'),
        to: day('2026-06-01'),
      },
    },
    sort: 'community',
    descending: false,
  },
  'a month, by state': {
    filter: {
      reported: {
        from: day('2026-05-01'),
        to: day('2026-06-01'),
      },
    },
    sort: 'status',
    descending: false,
  },
  'a day closed': {
    filter: {
      closed: {
        from: day('2026-09-01'),
        to: day('2026-09-02'),
      },
    },
    sort: 'closedAt',
  },
  'closed lately, oldest report first': {
    filter: {
      closed: {
        from: day('2026-10-01'),
      },
    },
    sort: 'reportedAt',
    descending: false,
  },
  'word, common': {
    filter: {
      words: ['噪声'],
    },
  },
  'word, rare': {
    filter: {
      words: ['鹦鹉'],
    },
  },
  'word of three, rare': {
    filter: {
      words: ['马蜂窝'],
    },
  },
  'two words': {
    filter: {
      words: ['漏水', '老人'],
    },
  },
  'a building': {
    filter: {
      words: ['甸柳新村12号楼'],
    },
  },
  'number': {
    filter: {
      words: ['GD260901'],
    },
  },
  'phone': {
    filter: { phoneHash: 'd41d8cd98f00b204e9800998ecf8427e' },
  },
  'kind, community, month': {
    filter: {
      kinds: ['noise'],
      region: '990101001002',
      reported: {
        from: day('2026-05-01'),
        to: day('2026-06-01'),
      },
    },
    sort: 'reportedAt',
  },
  'open, kind, community, overdue': {
    filter: {
      statuses: [...open],
      kinds: ['utilities'],
      region: '990101001002',
      due: 'overdue',
    },
    sort: 'dueAt',
    descending: false,
  },
  'word, community, satisfied': {
    filter: {
      words: ['渗漏'],
      region: '990101001001',
      answer: 'satisfied',
    },
  },
  'nothing can be': {
    filter: {
      statuses: ['archived'],
      due: 'overdue',
    },
    sort: 'dueAt',
  },
  'by kind': { filter: {}, sort: 'kind', descending: false },
  'by urgency': { filter: {}, sort: 'urgency', descending: false },
  'by assignee': { filter: {}, sort: 'assignee' },
  'by change, of a source': {
    filter: {
      sources: ['qr'],
    },
    sort: 'updatedAt',
  },
  'row 60,000': { filter: {}, offset: 60_000 },
  'row 60,000 of a kind': {
    filter: {
      kinds: ['property', 'noise', 'traffic'],
    },
    sort: 'reportedAt',
    offset: 60_000,
  },
}

/** The whole request: newest first, 100 rows, as of a moment, unless told. */
export function wholeRequest({ filter, ...said }: Question, now: Date): LedgerRequest {
  return {
    sort: 'id',
    descending: true,
    limit: 100,
    ...said,
    filter: { now, ...filter },
  }
}
