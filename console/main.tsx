/** Starts the console. */

import { render } from 'preact'
import { App } from './app.js'
import { keepCalls } from './lib/calls.js'
import { keepKnown } from './lib/known.js'
import { follow } from './lib/live.js'
import './styles/index.css'

follow()
keepKnown()
keepCalls()
render(<App />, document.getElementById('app') as HTMLElement)
