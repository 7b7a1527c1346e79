import { Modal, Radio, Select, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { assetCategories, assetModels } from '../../contract/asset-models.ts'
import { type Audit, type AuditRow, assetAudits, type Remedy, remedies } from '../../contract/asset-audits.ts'
import { conditions, type Condition } from '../../contract/custody.ts'
import { OwnerField, type OwnerGiven } from '../commitments/OwnerField.tsx'
import { t } from '../platform/i18n.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { DayInput } from '../ui/DayInput.tsx'
import { fieldError, Form } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'

interface Props {
  audit: Audit
  rows: readonly AuditRow[]
  onClose: () => void
  onDone: () => void
}

/** Why a remedy is not for these rows; null where it is for all of them. */
const refusalFor = (rows: readonly AuditRow[], remedy: Remedy): string | null =>
  rows.map((row) => row.refusals[remedy]?.sentence).find((sentence) => sentence !== undefined) ?? null

/** How one row is settled, or many at once: the ways there are for all of them, and what each needs. */
export function RemedyDialog({ audit, rows, onClose, onDone }: Props) {
  const ways = remedies.filter((remedy) => refusalFor(rows, remedy) === null)
  const [remedy, choose] = useState<Remedy | null>(ways[0] ?? null)
  const me = useMe()?.person ?? null
  const [reason, setReason] = useState('')
  const [owner, setOwner] = useState<OwnerGiven>({ kind: 'person', id: me?.id ?? '', name: me?.name ?? '' })
  const [on, setOn] = useState<string | null>(null)
  const [condition, setCondition] = useState<Condition>('good')
  const [register, setRegister] = useState<{ category: string | null; model: string | null; codeIs: 'tag' | 'serial' }>(
    {
      category: null,
      model: null,
      codeIs: 'tag',
    },
  )
  const act = useAct(assetAudits.settle, {
    onDone: () => {
      tellDone(t('audit.settledDone', { n: rows.length }))
      onDone()
    },
  })
  const submit = (): void => {
    if (remedy === null) return
    act.mutate({
      id: audit.id,
      rows: rows.map((row) => row.id),
      remedy,
      reason,
      condition,
      ...(remedy === 'follow_up' && on !== null
        ? { followUp: { owner: { kind: owner.kind, id: owner.id }, due: { on } } }
        : {}),
      ...(remedy === 'register'
        ? {
            register: {
              codeIs: register.codeIs,
              ...(register.category === null ? {} : { category: register.category }),
              ...(register.model === null ? {} : { model: register.model }),
            },
          }
        : {}),
    })
  }
  const needsReason = remedy === 'lost' || remedy === 'leave'
  const isMissing =
    remedy === null ||
    (needsReason && reason.trim().length < 3) ||
    (remedy === 'follow_up' && (owner.id === '' || on === null)) ||
    (remedy === 'register' && register.category === null && register.model === null)
  const title =
    rows.length === 1 ? `${t('audit.settle')}: ${rows[0]?.label ?? ''}` : t('audit.settleN', { n: rows.length })
  return (
    <Modal opened onClose={onClose} title={title}>
      <Form
        onSubmit={submit}
        verb={t('audit.settle')}
        busy={act.isPending}
        error={act.error}
        onCancel={onClose}
        disabled={isMissing}
      >
        <Stack gap="sm">
          {ways.length === 0 ? (
            <p>{refusalFor(rows, 'leave') ?? t('audit.rows.emptyHelp')}</p>
          ) : (
            <Radio.Group
              label={t('audit.how')}
              value={remedy}
              onChange={(next) => choose(remedies.find((one) => one === next) ?? null)}
            >
              <Stack gap={6} mt={4}>
                {ways.map((one) => (
                  <Radio key={one} value={one} label={t(`audit.remedy.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          {remedy === 'take_back' && (
            <Select
              label={t('audit.condition')}
              allowDeselect={false}
              data={conditions.map((value) => ({ value, label: t(`custody.condition.${value}`) }))}
              value={condition}
              onChange={(next) => setCondition(next ?? 'good')}
            />
          )}
          {remedy === 'follow_up' && (
            <>
              <OwnerField value={owner} onChange={setOwner} error={fieldError(act.error, 'owner')} />
              <DayInput
                label={t('audit.dueOn')}
                required
                value={on}
                onChange={setOn}
                error={fieldError(act.error, 'due')}
              />
            </>
          )}
          {remedy === 'register' && <RegisterFields value={register} onChange={setRegister} error={act.error} />}
          {remedy !== null && remedy !== 'confirm' && remedy !== 'register' && (
            <Textarea
              label={t('audit.reason')}
              required={needsReason}
              autosize
              minRows={2}
              value={reason}
              error={fieldError(act.error, 'reason')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </Stack>
      </Form>
    </Modal>
  )
}

interface RegisterGiven {
  category: string | null
  model: string | null
  codeIs: 'tag' | 'serial'
}

function RegisterFields({
  value,
  onChange,
  error,
}: {
  value: RegisterGiven
  onChange: (next: RegisterGiven) => void
  error: unknown
}) {
  const categories = useAsk(assetCategories.list, { active: true })
  const [words, setWords] = useState('')
  const models = useAsk(
    assetModels.list,
    {
      limit: 50,
      active: true,
      ...(words === '' ? {} : { q: words }),
      ...(value.category === null ? {} : { category: value.category }),
    },
    { keep: true },
  )
  const named = (categories.data?.items ?? []).filter((one) => one.class !== 'accessory' && one.class !== 'consumable')
  return (
    <>
      <Select
        label={t('audits.category')}
        searchable
        required
        data={named.map(({ id, name }) => ({ value: id, label: name }))}
        value={value.category}
        error={fieldError(error, 'category')}
        onChange={(category) => onChange({ ...value, category, model: null })}
      />
      <Select
        label={t('audit.model')}
        description={t('audit.modelHelp')}
        searchable
        clearable
        data={(models.data?.items ?? []).map((one) => ({
          value: one.id,
          label: [one.manufacturer?.name, one.name].filter(Boolean).join(' '),
        }))}
        filter={({ options }) => options}
        onSearchChange={setWords}
        value={value.model}
        error={fieldError(error, 'model')}
        onChange={(model) => onChange({ ...value, model })}
      />
      <Select
        label={t('audit.codeIs')}
        allowDeselect={false}
        data={(['tag', 'serial'] as const).map((one) => ({ value: one, label: t(`audit.codeIs.${one}`) }))}
        value={value.codeIs}
        error={fieldError(error, 'codeIs')}
        onChange={(next) => onChange({ ...value, codeIs: next ?? 'tag' })}
      />
    </>
  )
}
