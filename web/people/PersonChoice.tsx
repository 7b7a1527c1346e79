import { people } from '../../contract/people.ts'
import { FoundChoice } from '../ui/FoundChoice.tsx'
import { Initials } from '../ui/Initials.tsx'

/** A person by key: type, arrow, enter. */
export function PersonChoice({
  title,
  onChoose,
  onClose,
}: {
  title: string
  onChoose: (id: string, name: string) => void
  onClose: () => void
}) {
  return (
    <FoundChoice
      title={title}
      action={people.list}
      input={(words) => ({ ...(words === '' ? {} : { q: words }), active: true, limit: 20 })}
      items={(answer) => answer.items}
      option={(person) => ({
        id: person.id,
        title: person.name,
        detail: person.department ?? person.email ?? undefined,
        icon: <Initials name={person.name} />,
      })}
      onChoose={({ id, name }) => onChoose(id, name)}
      onClose={onClose}
    />
  )
}
