const key = 'huizhi-language'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** `?lang=` decides, else what was chosen before, else Chinese. A wall without storage still starts. */
export function rememberedLanguage(): Language {
  if (typeof location === 'undefined')
    return 'zh-CN'
  const asked = new URLSearchParams(location.search).get('lang') ?? stored()
  return languages.find(language => language === asked) ?? 'zh-CN'
}

/** Remembers the choice for this browser and tells the document, so that screen readers pronounce it rightly. */
export function rememberLanguage(language: Language): void {
  document.documentElement.lang = language
  try {
    localStorage.setItem(key, language)
  }
  catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(key)
  }
  catch {
    return null
  }
}
