/** '缺少内容 · content is missing; …' → the half of each part that is in the page's language; a part without halves stays. */
export function ownLanguage(said: string, locale: string): string {
  return said.split('; ').map((part) => {
    const [chinese, ...english] = part.split(' · ')
    return locale === 'en' && english.length > 0
      ? english.join(' · ')
      : chinese!
  }).join('; ')
}
