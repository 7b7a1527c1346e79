import { useState, type ReactNode } from 'react'
import { tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { useMe } from '../platform/session.ts'
import { canUndo } from '../platform/undo.ts'
import { tellDone } from '../ui/told.ts'
import { later } from '../ui/later.tsx'
import type { Acted, WaitState } from './acted.ts'
import { useTicketWrite } from './writing.tsx'

const AssignChoice = later(async () => (await import('./AssignChoice.tsx')).AssignChoice)
const PriorityChoice = later(async () => (await import('./PriorityChoice.tsx')).PriorityChoice)
const ResolveDialog = later(async () => (await import('./ResolveDialog.tsx')).ResolveDialog)
const StateChoice = later(async () => (await import('./StateChoice.tsx')).StateChoice)

type Which = 'assign' | 'state' | 'priority' | 'resolve'
export interface TicketActs {
  open: (which: Which, on: readonly Acted[]) => void
  assignToMe: (on: readonly Acted[]) => Promise<void>
  close: (ticket: Acted) => Promise<unknown>
  reopen: (ticket: Acted) => Promise<unknown>
  dialogs: ReactNode
  busy: boolean
}

/** Assign, state, priority, resolve: the same acts with the same keys on a row, a selection, a line of Today or a page. */
export function useTicketActs(onActed: (on: readonly Acted[], which: string) => void = () => undefined): TicketActs {
  const { write, dialog, busy } = useTicketWrite()
  const me = useMe()
  const [asked, ask] = useState<{ which: Which; on: readonly Acted[] } | null>(null)
  const shut = (): void => ask(null)

  /** One after the other: a refusal of one does not stop the rest. Answers whether none was refused. */
  const each = async (
    on: readonly Acted[],
    which: string,
    one: (ticket: Acted) => Promise<unknown>,
    said: string,
  ): Promise<boolean> => {
    shut()
    const done: Acted[] = []
    for (const ticket of on) if ((await one(ticket)) !== null) done.push(ticket)
    if (done.length === 0) return false
    tellDone(said)
    onActed(done, which)
    return done.length === on.length
  }
  const named = (on: readonly Acted[]): string =>
    on.length === 1 ? (on[0]?.reference ?? '') : t('acts.many', { n: on.length })

  const assign = async (
    on: readonly Acted[],
    to: { assignee?: string | null; queue?: string },
    name: string,
  ): Promise<void> => {
    await each(
      on,
      'assign',
      async (ticket) => await write(tickets.assign, { id: ticket.id, version: ticket.version, ...to }),
      t('acts.assigned', { what: named(on), name }),
    )
    canUndo(t('acts.assigning', { what: named(on) }), () => {
      for (const ticket of on)
        void write(tickets.assign, {
          id: ticket.id,
          assignee: ticket.assignee?.id ?? null,
          ...(ticket.queue === undefined ? {} : { queue: ticket.queue.id }),
        })
    })
  }
  const changeState = async (on: readonly Acted[], state: WaitState, vendor: string | undefined): Promise<void> => {
    await each(
      on,
      'state',
      async (ticket) =>
        await write(tickets.changeState, {
          id: ticket.id,
          version: ticket.version,
          state,
          ...(vendor === undefined ? {} : { vendor }),
        }),
      t('acts.stateChanged', { what: named(on), state: t(`ticket.state.${state}`) }),
    )
    canUndo(t('acts.stateChanging', { what: named(on) }), () => {
      for (const { id, state: before } of on)
        if (
          before !== undefined &&
          before !== 'new' &&
          before !== 'resolved' &&
          before !== 'closed' &&
          before !== 'waiting_vendor'
        )
          void write(tickets.changeState, { id, state: before })
    })
  }
  const rate = async (on: readonly Acted[], impact: number, urgency: number): Promise<void> => {
    await each(
      on,
      'priority',
      async (ticket) => await write(tickets.edit, { id: ticket.id, version: ticket.version, impact, urgency }),
      t('acts.rated', { what: named(on) }),
    )
    canUndo(t('acts.rating', { what: named(on) }), () => {
      for (const { id, impact: i, urgency: u } of on)
        if (i !== undefined && u !== undefined) void write(tickets.edit, { id, impact: i, urgency: u })
    })
  }
  const on = asked?.on ?? []
  return {
    open: (which, subjects) => {
      if (subjects.length > 0) ask({ which, on: subjects })
    },
    assignToMe: async (subjects) => await assign(subjects, { assignee: 'me' }, me?.person?.name ?? ''),
    close: async (ticket) =>
      await each(
        [ticket],
        'close',
        async (one) => await write(tickets.close, { id: one.id, version: one.version }),
        t('acts.closed', { what: ticket.reference }),
      ),
    reopen: async (ticket) =>
      await each(
        [ticket],
        'reopen',
        async (one) => await write(tickets.reopen, { id: one.id, version: one.version }),
        t('acts.reopened', { what: ticket.reference }),
      ),
    busy,
    dialogs: (
      <>
        {asked?.which === 'assign' && (
          <AssignChoice on={on} onClose={shut} onChoose={(to, name) => void assign(on, to, name)} />
        )}
        {asked?.which === 'state' && (
          <StateChoice
            on={on}
            onClose={shut}
            onChoose={(state, vendor) => void changeState(on, state, vendor)}
            onResolve={() => ask({ which: 'resolve', on })}
          />
        )}
        {asked?.which === 'priority' && (
          <PriorityChoice on={on} onClose={shut} onChoose={(impact, urgency) => void rate(on, impact, urgency)} />
        )}
        {asked?.which === 'resolve' && (
          <ResolveDialog
            on={on}
            onClose={shut}
            onResolve={async (resolution, children) =>
              await each(
                on,
                'resolve',
                async (ticket) =>
                  await write(tickets.resolve, {
                    id: ticket.id,
                    version: ticket.version,
                    resolution,
                    ...(children ? { children } : {}),
                  }),
                t('acts.resolved', { what: named(on) }),
              )
            }
          />
        )}
        {dialog}
      </>
    ),
  }
}
