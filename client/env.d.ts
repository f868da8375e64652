/// <reference types="vite/client" />

/** Hash of the contract this client was built against. */
declare const __CONTRACT__: string
