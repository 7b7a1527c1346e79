import { ApiError } from '../../contract/client.ts'

const hidden = () => new ApiError(404, { code: 'left-out', message: 'left out of the list', requestId: '' })
/** What a list leaves out is hidden like what answers 404. */
export const among = (items: readonly { id: string }[], id: string): void => {
  if (!items.some((item) => item.id === id)) throw hidden()
}
