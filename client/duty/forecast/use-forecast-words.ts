import type { CallForecast, ForecastState } from '#contract/forecast.ts'
import { RenovationStage } from '#contract/places.ts'
import { useWords } from '../../parts/use-words.ts'
import { bestNaive } from '../../state/forecasts.ts'

/** How a forecast is put into words. */
export function useForecastWords() {
  const { t, number } = useWords()
  const level = ({ level: share }: CallForecast) => `${Math.round(share * 100)}%`
  return {
    level,
    outcome(forecast: CallForecast): string {
      switch (forecast.outcome) {
        case 'better':
          return t('forecast.better')
        case 'no-better':
          return t('forecast.noBetter')
        case 'too-few-months':
          return t('forecast.tooFewMonths', {
            n: number(forecast.months),
            needed: number(forecast.monthsNeeded),
          })
        case 'too-few-calls':
          return t('forecast.tooFewCalls', {
            months: number(forecast.months),
            n: number(forecast.calls),
            needed: number(forecast.callsNeeded),
          })
      }
    },
    state: (state: ForecastState) => RenovationStage.safeParse(state).success
      ? t(`places.renovationStage.${state}`)
      : t(`forecast.state.${state}`),
    interval: (forecast: CallForecast, { low, high }: { low: number, high: number }) => t('forecast.interval', {
      level: level(forecast),
      low: number(low),
      high: number(high),
    }),
    /** '模型误差 1.41 件/月，照搬上月 1.48 件/月'; empty without a backtest. */
    error(forecast: CallForecast): string {
      const naive = bestNaive(forecast)
      return forecast.backtest && naive
        ? t('forecast.lineError', {
            model: naive.modelMae.toFixed(2),
            naive: t(`forecast.naive.${naive.name}`),
            error: naive.mae.toFixed(2),
          })
        : ''
    },
  }
}
