import { Screen } from '../../parts/screen.js';

export default function MachineCodes() {
  return <Screen title="MachineCodes">{null}</Screen>;
}
