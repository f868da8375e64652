import { enterDesk } from '../desk/enter-desk.ts'
import { startLive } from '../live.ts'
import DutyPage from './DutyPage.vue'

void enterDesk('duty', DutyPage, 'duty.title', () => startLive({
  layers: [
    'cases',
    'regions',
    'officers',
    'renovation-zones',
    'worksites',
    'care-facilities',
    'basemap',
  ],
}))
