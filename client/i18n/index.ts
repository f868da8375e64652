import { createI18n } from 'vue-i18n'
import * as account from './account.ts'
import * as admin from './admin.ts'
import * as cases from './cases.ts'
import * as choose from './choose.ts'
import * as common from './common.ts'
import * as compounds from './compounds.ts'
import * as duty from './duty.ts'
import * as figures from './figures.ts'
import * as forecast from './forecast.ts'
import * as grid from './grid.ts'
import * as handling from './handling.ts'
import * as imports from './imports.ts'
import { rememberedLanguage } from './language.ts'
import * as ledger from './ledger.ts'
import * as map from './map.ts'
import * as places from './places.ts'
import * as plan from './plan.ts'
import * as property from './property.ts'
import * as renovation from './renovation.ts'
import * as report from './report.ts'
import * as signIn from './sign-in.ts'
import * as sums from './sums.ts'
import topics from './topics.ts'
import * as visits from './visits.ts'
import * as wages from './wages.ts'
import * as wall from './wall.ts'

const sections = {
  account,
  admin,
  cases,
  choose,
  common,
  compounds,
  duty,
  figures,
  forecast,
  grid,
  handling,
  imports,
  ledger,
  map,
  places,
  plan,
  property,
  renovation,
  report,
  signIn,
  sums,
  topics,
  visits,
  wages,
  wall,
}

type Section = keyof typeof sections

/** Every text of the interface by language, section and key. Chinese is the first language: English follows it key by key (tested). */
export const messages = {
  'zh-CN': pick('zh'),
  'en': pick('en'),
}

export const i18n = createI18n({
  legacy: false,
  locale: rememberedLanguage(),
  fallbackLocale: 'zh-CN',
  messages,
})

function pick<L extends 'zh' | 'en'>(language: L): { [S in Section]: (typeof sections)[S][L] } {
  return Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, section[language]])) as { [S in Section]: (typeof sections)[S][L] }
}
