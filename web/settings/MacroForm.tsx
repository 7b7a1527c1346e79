import { Button, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { macroNames, type Macro, macros, macroScopes } from '../../contract/macros.ts'
import { teams } from '../../contract/people.ts'
import { EffectRows } from '../automation/EffectRows.tsx'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { refusalOf } from '../ui/ActionButton.tsx'
import { ConfirmAct } from '../ui/ConfirmAct.tsx'
import { Section } from '../ui/Facts.tsx'
import { FailureNote, fieldError, Form } from '../ui/Form.tsx'
import { RichText } from '../ui/RichText.tsx'
import { RichTextView, saysNothing } from '../ui/RichTextView.tsx'
import { tellDone } from '../ui/told.ts'

/** A macro: whose, what it says, what it does; tried on a real ticket before it is kept. */
export function MacroForm({ macro, onClose }: { macro: Macro | null; onClose: () => void }) {
  const configures = useMay('tickets.configure')
  const [form, setForm] = useState({
    name: macro?.name ?? '',
    keywords: macro?.keywords ?? '',
    scope: macro?.scope ?? ('mine' as const),
    team: macro?.team?.id ?? null,
    public: macro?.public ?? true,
    body: macro?.body ?? '',
    effects: macro?.effects ?? [],
  })
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }))
  const known = useAsk(teams.list, { limit: 200 }, { enabled: configures })
  const create = useAct(macros.create, { onDone: onClose })
  const edit = useAct(macros.edit, { onDone: onClose })
  const remove = useAct(macros.remove, {
    onDone: () => {
      tellDone(t('macros.removed'))
      onClose()
    },
  })
  const [removing, setRemoving] = useState(false)
  const act = macro === null ? create : edit
  const refused = macro === null ? null : (macro.refusals['edit']?.sentence ?? refusalOf(macro.refusals, macros.edit))
  const isWhole =
    form.name.trim() !== '' &&
    form.effects.every(({ value }) => value.trim() !== '') &&
    (form.effects.length > 0 || !saysNothing(form.body)) &&
    (form.scope !== 'team' || form.team !== null)
  return (
    <Modal opened onClose={onClose} size="xl" title={t(macro === null ? 'macros.add' : 'macros.edit')}>
      {refused !== null && <p role="status">{refused}</p>}
      <Form
        onSubmit={() =>
          macro === null ? create.mutate(form) : edit.mutate({ id: macro.id, version: macro.version, ...form })
        }
        verb={t(macro === null ? 'macros.add' : 'save')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={!isWhole || refused !== null}
      >
        <Stack gap="sm">
          <TextInput
            label={t('calendars.name')}
            required
            data-autofocus
            maxLength={120}
            value={form.name}
            error={fieldError(act.error, 'name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('macros.keywords')}
            description={t('macros.keywordsHelp')}
            maxLength={200}
            value={form.keywords}
            onChange={(event) => set({ keywords: event.currentTarget.value })}
          />
          <Select
            label={t('macros.scope')}
            allowDeselect={false}
            data={macroScopes
              .filter((value) => configures || value === form.scope || value === 'mine')
              .map((value) => ({ value, label: t(`macros.scope.${value}`) }))}
            value={form.scope}
            error={fieldError(act.error, 'scope')}
            onChange={(scope) => scope !== null && set({ scope })}
          />
          {form.scope === 'team' && (
            <Select
              label={t('macros.team')}
              required
              searchable
              data={(
                known.data?.items.map(({ id, name }) => ({ id, name })) ??
                (macro === null || macro.team === null ? [] : [macro.team])
              ).map(({ id, name }) => ({ value: id, label: name }))}
              value={form.team}
              error={fieldError(act.error, 'team')}
              onChange={(team) => set({ team })}
            />
          )}
          <SegmentedControl
            aria-label={t('macros.voice')}
            value={form.public ? 'reply' : 'note'}
            onChange={(voice) => set({ public: voice === 'reply' })}
            data={(['reply', 'note'] as const).map((value) => ({ value, label: t(`composer.${value}`) }))}
          />
          <div>
            <span className="label">{t('macros.body')}</span>
            <RichText label={t('macros.body')} value={form.body} onChange={(body) => set({ body })} />
            {fieldError(act.error, 'body') !== undefined && <p role="alert">{fieldError(act.error, 'body')}</p>}
            <p className="soft">{t('macros.names', { names: macroNames.map((name) => `{{${name}}}`).join(' ') })}</p>
          </div>
          <Section title={t('macros.does')}>
            <EffectRows
              role="macro"
              effects={form.effects}
              names={macro?.names ?? {}}
              onChange={(effects) => set({ effects })}
            />
          </Section>
        </Stack>
      </Form>
      <MacroTrial body={form.body} />
      {macro !== null && refused === null && (
        <Button mt="md" variant="subtle" color="red" onClick={() => setRemoving(true)}>
          {t('macros.remove')}
        </Button>
      )}
      {macro !== null && removing && (
        <ConfirmAct
          opened
          title={t('macros.removeTitle', { name: macro.name })}
          verb={t('macros.remove')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ id: macro.id })}
          onClose={() => setRemoving(false)}
        >
          <p>{t('macros.removeHelp')}</p>
        </ConfirmAct>
      )}
    </Modal>
  )
}

/** The text as it would stand on a ticket. */
function MacroTrial({ body }: { body: string }) {
  const [ticket, name] = useState('')
  const show = useAct(macros.preview)
  return (
    <Section title={t('macros.preview')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ticket.trim() !== '') show.mutate({ ticket: ticket.trim(), body })
        }}
        style={{ display: 'flex', gap: 8, alignItems: 'end', flexWrap: 'wrap' }}
      >
        <TextInput
          label={t('macros.previewTicket')}
          maxLength={60}
          value={ticket}
          onChange={(event) => name(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={show.isPending}
          disabled={ticket.trim() === '' || saysNothing(body)}
        >
          {t('macros.previewVerb')}
        </Button>
      </form>
      <FailureNote error={show.error} />
      {show.data !== undefined && (
        <div role="status">
          <RichTextView html={show.data.body} />
          {show.data.lacks.length > 0 && <p>{t('macros.lacking', { what: show.data.lacks.join(', ') })}</p>}
        </div>
      )}
    </Section>
  )
}
