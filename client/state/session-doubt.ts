/** refused: the server would not answer us · back: the link was gone, and with it perhaps the session. */
export type Doubt = 'refused' | 'back'

let settle: (doubt: Doubt) => void = () => {}

/** Says what this page does when it may not be signed in any more: desks ask and go to the sign-in page, a wall pairs again. */
export function onDoubt(run: (doubt: Doubt) => void): void {
  settle = run
}

/** Called by whoever talks to the server: client/api.ts, client/live.ts. */
export function doubtSession(doubt: Doubt): void {
  settle(doubt)
}
