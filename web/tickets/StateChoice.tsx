import { useState } from 'react'
import { tickets } from '../../contract/tickets.ts'
import { vendors } from '../../contract/vendors.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { refusalOf } from '../ui/ActionButton.tsx'
import { Choose, type Option } from '../ui/Choose.tsx'
import type { Acted, WaitState } from './acted.ts'
import { stateWord } from './words.tsx'

const states: readonly WaitState[] = ['in_progress', 'waiting_requester', 'waiting_vendor', 'waiting_change']

interface Props {
  on: readonly Acted[]
  onChoose: (state: WaitState, vendor?: string) => void
  onResolve: () => void
  onClose: () => void
}

/** The next state; waiting for a vendor asks which. What the server refuses stands there with its reason. */
export function StateChoice({ on, onChoose, onResolve, onClose }: Props) {
  const [vendor, chooseVendor] = useState(false)
  const refusals = on.length === 1 ? on[0]?.refusals : undefined
  const known = useAsk(vendors.list, { limit: 200 }, { enabled: vendor })
  if (vendor) {
    const options = (known.data?.items ?? [])
      .filter((v) => v.active)
      .map((v) => ({ id: v.id, title: v.name, detail: v.calendar?.name }))
    return (
      <Choose
        opened
        title={t('stateChoice.vendor')}
        options={options}
        searching={known.isLoading}
        onChoose={(id) => onChoose('waiting_vendor', id)}
        onClose={onClose}
      />
    )
  }
  const why = refusalOf(refusals, tickets.changeState)
  const options: Option[] = [
    ...states.map((state) => ({
      id: state,
      title: stateWord(state),
      refusal: why,
      current: on.length === 1 && on[0]?.state === state,
    })),
    { id: 'resolved', title: t('stateChoice.resolve'), hint: 'e', refusal: refusalOf(refusals, tickets.resolve) },
  ]
  return (
    <Choose
      opened
      title={t('stateChoice.title')}
      options={options}
      onClose={onClose}
      onChoose={(id) => {
        if (id === 'resolved') onResolve()
        else if (id === 'waiting_vendor') chooseVendor(true)
        else onChoose(id as WaitState)
      }}
    />
  )
}
