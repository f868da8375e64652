/** What the accounts' library answered: its data, or the code of what is wrong and, where it says so, for how long. */
export type AuthAnswer<T> = { data: T } | { code: string, seconds: number | null }

/** POSTs to `/api/auth`. Never rejects: UNREACHABLE and SERVER are codes like the library's own. */
export async function askAuth<T = unknown>(path: string, body: object = {}): Promise<AuthAnswer<T>> {
  const response = await fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'accept': 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null)
  if (!response)
    return { code: 'UNREACHABLE', seconds: null }
  const answer = await response.json().catch(() => ({})) as T & { code?: string }
  if (response.ok)
    return { data: answer }
  const seconds = Number(response.headers.get('retry-after'))
  return {
    code: response.status >= 500
      ? 'SERVER'
      : answer.code ?? `HTTP_${response.status}`,
    seconds: seconds > 0
      ? seconds
      : null,
  }
}
