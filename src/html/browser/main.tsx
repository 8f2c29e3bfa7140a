/** Where the page starts: reads what it is to show, and shows it. */
import { render } from 'preact'
import type { PageData } from '../page-data.js'
import { App } from './app.jsx'
import './page.css'

const data = JSON.parse(document.getElementById('data')?.textContent ?? '{"version":"","runs":[]}') as PageData
const root = document.getElementById('root')
if (root !== null) render(<App data={data} />, root)
