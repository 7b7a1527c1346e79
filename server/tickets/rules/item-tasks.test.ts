import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assetStates } from '../../../contract/assets.ts'
import { itemTasks } from '../../../contract/ticket-items.ts'
import { afterRepair, theftSteps, whyNotLink, whyNotRedo, whyNotTask } from './item-tasks.ts'

const nobody = { inside: false, requester: false, handles: false, merged: false }
const requester = { ...nobody, requester: true }
const worker = { inside: true, requester: false, handles: true, merged: false }
const asset = { kind: 'asset', state: 'in_stock', own: false } as const

describe('what a ticket can be about', () => {
  it.each([
    ['who neither works nor asks', asset, 'affected', nobody, 'tickets.not-yours-to-work'],
    ['who asks, with what is not theirs', asset, 'affected', requester, 'ticket-items.own-alone'],
    ['who asks, with what they have', { ...asset, own: true }, 'affected', requester, undefined],
    ['who asks, planning with it', { ...asset, own: true }, 'deploy', requester, 'ticket-items.own-alone'],
    ['who works', asset, 'deploy', worker, undefined],
    ['who works, on what was merged', asset, 'deploy', { ...worker, merged: true }, 'tickets.merged'],
    ['who works, naming it on what was merged', asset, 'affected', { ...worker, merged: true }, 'tickets.merged'],
    [
      'who asks, on what was merged',
      { ...asset, own: true },
      'affected',
      { ...requester, merged: true },
      'tickets.merged',
    ],
    ['who works, without the register', asset, 'repair', { ...worker, handles: false }, 'forbidden'],
    ['who works, without the register, naming it', asset, 'affected', { ...worker, handles: false }, undefined],
    ['a service deployed', { ...asset, kind: 'service', state: null }, 'deploy', worker, 'ticket-items.assets-alone'],
    ['a place affected', { ...asset, kind: 'location', state: null }, 'affected', worker, undefined],
    ['what is retired', { ...asset, state: 'retired' }, 'repair', worker, 'ticket-items.over'],
    ['what is retired, only named', { ...asset, state: 'retired' }, 'affected', worker, undefined],
    ['what is ordered and will be deployed', { ...asset, state: 'ordered' }, 'deploy', worker, undefined],
  ] as const)('%s', (_, item, task, who, code) => {
    expect(whyNotLink(item, task, who)?.code).toBe(code)
  })

  it('lets nobody outside IT do more than name their own', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...itemTasks),
        fc.constantFrom(...assetStates),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (task, state, own, isRequester, handles) => {
          const who = { inside: false, requester: isRequester, handles, merged: false }
          const refused = whyNotLink({ kind: 'asset', state, own }, task, who) !== null
          expect(refused).toBe(!(isRequester && own && task === 'affected'))
          expect(whyNotTask({ kind: 'asset', state }, task, who)).not.toBeNull()
          expect(whyNotRedo({ doneAt: null }, who)).not.toBeNull()
        },
      ),
    )
  })
})

it('keeps what was carried out', () => {
  expect(whyNotRedo({ doneAt: null }, worker)).toBeNull()
  expect(whyNotRedo({ doneAt: '2026-05-18T08:00:00Z' }, worker)?.code).toBe('ticket-items.done')
})

it('brings what was repaired to its holder, else to stock', () => {
  expect([afterRepair(true), afterRepair(false)]).toEqual(['deployed', 'in_stock'])
})

it('asks for the steps of a theft in order, and for the notice to data protection well within three days', () => {
  const hours = theftSteps.map((step) => step.hours)
  expect(hours).toEqual(hours.toSorted((a, b) => a - b))
  expect(theftSteps.find((step) => step.step === 'privacy')!.hours).toBeLessThanOrEqual(24)
})
