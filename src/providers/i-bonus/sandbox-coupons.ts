import { Random } from "../sandbox/index.ts";

export type SandboxCoupon = {
  readonly id: number;
  readonly title?: string;
  readonly header?: string;
  readonly subHeader?: string;
  readonly shortDescription?: string;
  readonly longDescription?: string;
  /** Epoch milliseconds. */
  readonly expireDate: number;
  readonly token: string;
  readonly shareToken: string;
  readonly merchantToken: string;
  readonly merchantShareToken: string;
};

/** The valid coupons of clients; made when asked for, only what was burned is kept. */
export type Coupons = {
  of(clientId: number): SandboxCoupon[];
  burn(clientId: number, couponIds: readonly number[]): void;
  giveBack(clientId: number, couponIds: readonly number[]): void;
  reset(): void;
};

type Campaign = Pick<SandboxCoupon, "title" | "header" | "subHeader" | "shortDescription" | "longDescription">;

const campaigns: readonly Campaign[] = [
  {
    title: "coffee-2026",
    header: "Капучино в подарок",
    subHeader: "К любому завтраку",
    shortDescription: "Один капучино <b>бесплатно</b>",
    longDescription: "<p>Назовите код кассиру.</p><p>Не суммируется с другими акциями.</p>",
  },
  {
    title: "lunch-10",
    header: "Скидка 10 % на ланч",
    subHeader: "По будням с 12 до 16",
    shortDescription: "Минус 10 % на весь счёт",
    longDescription: "<ul><li>Только в зале</li><li>Кроме алкоголя</li></ul>",
  },
  { title: "birthday", header: "Десерт имениннику", shortDescription: "Десерт на выбор &mdash; в подарок" },
  {
    title: "friends",
    header: "Приведи друга",
    subHeader: "Обоим по 300 баллов",
    shortDescription: "300 баллов вам и другу",
  },
  {
    title: "delivery-free",
    header: "Free delivery",
    subHeader: "On orders from 1500 RUB",
    shortDescription: "No delivery fee, <i>once</i>",
    longDescription: "Valid for one order.<br>Not valid on public holidays &amp; weekends.",
  },
  { title: "pizza-2-1", header: "Вторая пицца за полцены", shortDescription: "На вторую пиццу &ndash; 50&nbsp;%" },
  {
    title: "kids-menu",
    header: "Детское меню",
    subHeader: "По выходным",
    shortDescription: "Детское блюдо бесплатно при заказе от 2000 ₽",
  },
  { title: "tea", header: "A pot of tea", shortDescription: "One pot of tea with any cake" },
  {
    title: "wine-friday",
    header: "Пятница: бокал вина",
    shortDescription: "Второй бокал в подарок",
    longDescription: '<p style="color:red">Только для гостей старше 18 лет.</p>',
  },
  { title: "service" },
  { title: "breakfast", header: "Завтрак за 290 ₽", shortDescription: "Любой завтрак до 11:00" },
  {
    title: "season",
    header: "Сезонное меню",
    subHeader: "Скидка 15 %",
    shortDescription: "На блюда сезонного меню",
    longDescription: "<h3>Что входит</h3><p>Супы, салаты &laquo;Осень&raquo;</p>",
  },
];

/** Coupon ids are those of the campaigns: the same id at several clients, as the vendor has it. */
const firstId = 101;
const draw = 12;
const dayMs = 86_400_000;
/** Coprime to the number of campaigns, so that a client's coupons are different ones. */
const steps = [1, 5, 7, 11] as const;

/** @param today the start of the day from which the coupons' ends count. */
export const createCoupons = (seed: number, today: Date): Coupons => {
  const burned = new Map<number, Set<number>>();

  const given = (clientId: number): SandboxCoupon[] => {
    const random = new Random(seed, clientId, draw);
    const count = random.below(5);
    const start = random.below(campaigns.length);
    const step = random.pick(steps);
    return Array.from({ length: count }, (_, position): SandboxCoupon => {
      const campaign = (start + position * step) % campaigns.length;
      // From two days ago: some have just expired, and are not listed.
      const days = random.below(90) - 2;
      const sixDigits = (): string => String(random.below(1_000_000)).padStart(6, "0");
      return {
        id: firstId + campaign,
        ...campaigns[campaign],
        expireDate: today.getTime() + (days + 1) * dayMs - 1000,
        token: random.hex(32),
        shareToken: random.hex(32),
        merchantToken: sixDigits(),
        merchantShareToken: sixDigits(),
      };
    });
  };

  return {
    of(clientId) {
      const now = Date.now();
      const gone = burned.get(clientId);
      return given(clientId).filter(({ id, expireDate }) => expireDate > now && !gone?.has(id));
    },
    burn(clientId, couponIds) {
      const gone = burned.get(clientId) ?? new Set();
      for (const id of couponIds) gone.add(id);
      burned.set(clientId, gone);
    },
    giveBack(clientId, couponIds) {
      for (const id of couponIds) burned.get(clientId)?.delete(id);
    },
    reset: () => burned.clear(),
  };
};
