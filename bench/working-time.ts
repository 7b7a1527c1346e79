import { addWorkingTime } from '../server/calendars/rules/add-working-time.ts'
import { compileCalendar } from '../server/calendars/rules/compile-calendar.ts'
import { workingTimeBetween } from '../server/calendars/rules/working-time-between.ts'
import { replayClock } from '../server/commitments/rules/replay-clock.ts'
import { isRefusal } from '../server/calendars/rules/refusal.ts'

/** Working-time arithmetic on one core: additions, measurements, laying out a calendar, replaying a clock. */

const hours = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
]
const definition = {
  zone: 'Europe/Berlin',
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
  holidays: [
    { from: '2000-01-01', to: '2000-01-01', yearly: true },
    { from: '2000-05-01', to: '2000-05-01', yearly: true },
    { from: '2000-10-03', to: '2000-10-03', yearly: true },
    { from: '2000-12-24', to: '2001-01-01', yearly: true },
  ],
}
const year2016 = Date.UTC(2016, 0, 1) / 1000
const tenYears = 10 * 365 * 86_400
const count = 2_000_000
const starts = Float64Array.from(
  { length: 4096 },
  (_, i) => year2016 + Math.floor((((i * 2_654_435_761) % 2 ** 32) / 2 ** 32) * tenYears),
)
const amounts = Float64Array.from({ length: 4096 }, (_, i) => [3600, 14_400, 28_800, 144_000][i % 4]! + (i % 60))

function rate(name: string, times: number, work: (i: number) => number): void {
  let sum = 0
  for (let i = 0; i < Math.min(times, 200_000); i++) sum += work(i)
  const begun = performance.now()
  for (let i = 0; i < times; i++) sum += work(i)
  const seconds = (performance.now() - begun) / 1000
  console.log(
    `${name}: ${Math.round(times / seconds).toLocaleString('en')}/s (${((seconds / times) * 1e6).toFixed(2)} µs each; check ${sum % 1000})`,
  )
}

const calendar = compileCalendar(definition)
workingTimeBetween(calendar, year2016, year2016 + tenYears * 2)
const number = (answer: ReturnType<typeof addWorkingTime>): number => (isRefusal(answer) ? 0 : answer)

rate('addWorkingTime', count, (i) => number(addWorkingTime(calendar, starts[i & 4095]!, amounts[i & 4095]!)))
rate('workingTimeBetween', count, (i) => workingTimeBetween(calendar, starts[i & 4095]!, starts[(i + 1) & 4095]!))
rate('compile and first answer', 300, (i) =>
  number(addWorkingTime(compileCalendar(definition), starts[i & 4095]!, 14_400)),
)
rate('compile and lay out ten years', 50, () =>
  workingTimeBetween(compileCalendar(definition), year2016, year2016 + tenYears),
)
rate('replay of six events, three steps', 100_000, (i) => {
  const at = starts[i & 4095]!
  const reading = replayClock({
    calendar,
    target: { seconds: 28_800 },
    events: [
      { at, kind: 'start' },
      { at: at + 3_000, kind: 'pause' },
      { at: at + 90_000, kind: 'resume' },
      { at: at + 100_000, kind: 'pause' },
      { at: at + 200_000, kind: 'resume' },
      { at: at + 400_000, kind: 'stop' },
    ],
    steps: [
      { step: 'half', percent: 50 },
      { step: 'soon', workingSeconds: -3600 },
      { step: 'due', percent: 100 },
    ],
    asOf: at + 500_000,
  })
  return isRefusal(reading) ? 0 : reading.worked
})
