import { startPage } from '../start-page.ts'
import SignIn from './SignIn.vue'
import './sign-in.css'

startPage(SignIn, 'signIn.title')
