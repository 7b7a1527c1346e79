import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Answers, catalogue, type FormState, type ServiceForm } from '../../contract/catalogue.ts'
import { act as send } from '../platform/client.ts'

/** Pause after the last input before it is kept. */
const pauseMs = 200

/**
 * The answers of an order, kept on the server while they are typed, one save after another, and in what the browser
 * knows of the service, so that who leaves and comes back finds them. Nothing is saved any more once it is ordered.
 */
export function useOrderDraft(service: ServiceForm) {
  const client = useQueryClient()
  const { id } = service
  const [answers, setAnswers] = useState<Answers>(service.answers)
  const [state, setState] = useState<FormState>(service.state)
  const [kept, keep] = useState(service.hasDraft)
  const [failure, fail] = useState<unknown>(null)
  const now = useRef({
    answers: service.answers,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
    saved: Promise.resolve(),
    isPlacing: false,
    isOrdered: false,
    isGone: false,
  }).current

  const know = (part: Partial<ServiceForm>): void =>
    void client.setQueryData<ServiceForm>([catalogue.show.name, { id }], (old) => old && { ...old, ...part })
  const forget = (): void => client.removeQueries({ queryKey: [catalogue.show.name, { id }] })
  const rest = (): void => {
    clearTimeout(now.timer)
    now.timer = undefined
  }
  const save = (): void => {
    rest()
    const sent = now.answers
    know({ answers: sent })
    now.saved = now.saved.then(async () => {
      try {
        const answer = await send(catalogue.saveDraft, { id, answers: sent })
        know({ state: answer, hasDraft: true })
        void client.invalidateQueries({ queryKey: [catalogue.list.name] })
        // an answer to what was typed before says nothing of what is there now
        if (now.answers !== sent) return
        setState(answer)
        keep(true)
        fail(null)
      } catch (error) {
        keep(false)
        fail(error)
      }
    })
  }
  const change = (update: (before: Answers) => Answers): void => {
    now.answers = update(now.answers)
    setAnswers(now.answers)
    rest()
    if (!now.isPlacing) now.timer = setTimeout(save, pauseMs)
  }
  const leave = useRef(() => {})
  leave.current = () => {
    if (now.timer !== undefined) save()
    if (now.isOrdered) forget()
  }
  useEffect(() => {
    now.isGone = false
    return () => {
      now.isGone = true
      leave.current()
    }
  }, [now])

  return {
    answers,
    state,
    kept,
    failure,
    change,
    save,
    /** No save is on its way after this, and none begins until the order is refused. */
    place: async (): Promise<Answers> => {
      now.isPlacing = true
      rest()
      await now.saved
      return now.answers
    },
    /** The order was refused: what is there is a draft again. */
    refused: (): void => {
      now.isPlacing = false
      save()
    },
    ordered: (): void => {
      now.isOrdered = true
      if (now.isGone) forget()
    },
  }
}
