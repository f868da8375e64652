/**
 * What two ways to write one name have in common: '示范建设（一）公司' and '示范建设(一) 公司' are one spelling. Whether 示范建设一公司
 * is the same firm only somebody who knows can say: such are merged by hand.
 */
export function spellingOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[\s()[\]【】·.,，。、-]/g, '')
}
