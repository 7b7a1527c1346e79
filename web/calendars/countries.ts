const codes =
  'AD AE AG AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BI BJ BM BN BO BR BS BW BY BZ CA CD CF CG CH CL CM CN CO CR CU CW CY CZ DE DJ DK DM DO EC EE EG ER ES ET FI FJ FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU IC ID IE IL IM IR IS IT JE JM JP KE KH KM KN KR KY KZ LB LC LI LK LR LS LT LU LV MA MC MD ME MG MH MK ML MN MQ MR MS MT MU MW MX MY MZ NA NC NE NG NI NL NO NZ PA PE PG PH PL PM PR PT PW PY RE RO RS RU RW SC SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SZ TD TG TH TL TN TO TR TT TW TZ UA UG US UY VA VC VE VG VI VN VU XK YT ZA ZM ZW'

let options: { value: string; label: string }[] | undefined

/** Countries that the holiday library knows, by name. */
export const countries = (): { value: string; label: string }[] => {
  const names = new Intl.DisplayNames(['en'], { type: 'region' })
  return (options ??= codes.split(' ').map((code) => ({ value: code, label: names.of(code) ?? code })).sort((a, b) => a.label.localeCompare(b.label)))
}
