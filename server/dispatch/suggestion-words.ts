import type { LeftOutReason } from '#contract/dispatch.ts'

interface Words { zh: string, en: string }

/** The grounds of a suggestion as a duty officer reads them. */
export const partWords = {
  walk: (minutes: number): Words => ({ zh: `步行 ${minutes} 分钟`, en: `${minutes} min on foot` }),
  position(ageMinutes: number | null): Words {
    if (ageMinutes === null)
      return { zh: '位置未知', en: 'position unknown' }
    return ageMinutes < 120
      ? { zh: `位置为 ${Math.round(ageMinutes)} 分钟前`, en: `position ${Math.round(ageMinutes)} min old` }
      : { zh: `位置为 ${Math.round(ageMinutes / 60)} 小时前`, en: `position ${Math.round(ageMinutes / 60)} h old` }
  },
  grid: (): Words => ({ zh: '本网格', en: 'own grid' }),
  community: (): Words => ({ zh: '包保社区', en: 'own community' }),
  skill: (skill: string): Words => ({ zh: `擅长${skill}`, en: `skilled: ${skill}` }),
  load: (cases: number): Words => ({ zh: `在办 ${cases} 件`, en: `${cases} in hand` }),
  record: (declined: number, asked: number): Words => ({ zh: `近 7 日拒接或未接 ${declined}/${asked}`, en: `declined or missed ${declined} of ${asked} in 7 days` }),
}

export function leftOutWords(reason: LeftOutReason, { minutes, cases }: { minutes: number | null, cases: number }): Words {
  switch (reason) {
    case 'off-duty':
      return { zh: '不在岗', en: 'off duty' }
    case 'dismissed':
      return { zh: '账号已停用', en: 'account barred' }
    case 'asked-before':
      return { zh: '本单已拒接或未接', en: 'declined or missed this case' }
    case 'unreachable':
      return { zh: '位置未知或无路可达', en: 'no position, or no way there' }
    case 'too-far':
      return { zh: `步行 ${Math.ceil(minutes!)} 分钟，太远`, en: `${Math.ceil(minutes!)} min on foot, too far` }
    case 'overloaded':
      return { zh: `在办 ${cases} 件，已满`, en: `${cases} in hand, no more` }
  }
}
