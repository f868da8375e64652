/** National guidance since 2025 warns against ranking for its own sake: `?ranking=0` lists communities without ranks and marks. */
export const ranked = new URLSearchParams(location.search).get('ranking') !== '0'

/** `?region=CODE` shows one community or grid only. */
export const region = new URLSearchParams(location.search).get('region') ?? undefined
