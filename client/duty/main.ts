import { enterDesk } from '../desk/enter-desk.ts'
import { startLive } from '../live.ts'
import { loadRules } from '../state/rules.ts'
import DutyPage from './DutyPage.vue'

void enterDesk('duty', DutyPage, 'duty.title', () => {
  void loadRules()
  startLive({
    layers: [
      'cases',
      'regions',
      'officers',
      'assignments',
      'screens',
      'handover',
      'property',
      'renovation-zones',
      'worksites',
      'care-facilities',
      'basemap',
    ],
  })
})
