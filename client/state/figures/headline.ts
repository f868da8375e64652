/**
 * The first words of a complaint, for a list: up to the first full stop or comma, or `longest` characters.
 * `headline('电梯停运第三天，六层有老人', 14)` is `电梯停运第三天`.
 */
export function headline(content: string, longest: number): string {
  const text = content.trim().replace(/\s+/g, ' ')
  const clause = text.split(/[。；！？，,;!?\n]/).find(part => part.trim().length > 2)?.trim() ?? text
  return clause.length > longest
    ? `${clause.slice(0, longest - 1)}…`
    : clause
}
