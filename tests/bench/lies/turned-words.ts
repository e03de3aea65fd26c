type Pairs = readonly (readonly [string, string])[];

/** Words that compare or grade, each with what says the contrary; in both directions. */
export const turnedWords: Pairs = bothWays(`
  largest smallest|biggest smallest|longest shortest|highest lowest|deepest shallowest|oldest newest
  most least|more less|larger smaller|greater lesser|higher lower|longer shorter|older younger|faster slower
  earlier later|better worse|best worst|first last|cheaper dearer|stronger weaker|above below|before after
  increased decreased|increase decrease|rose fell|won lost|major minor|maximum minimum|always never|majority minority
  early late|many few|often rarely|easy difficult|rich poor|old new|north south|east west|northern southern
  eastern western|upper lower|inside outside|win loss|victory defeat|begins ends|began ended|started finished
  large small|high low|long short|strong weak|open closed|hot cold|day night|bright dark|all none|public private
  крупнейший мельчайший|крупнейшая мельчайшая|самая_крупная самая_мелкая|самый_крупный самый_мелкий
  самый_большой самый_маленький|самая_большая самая_маленькая|самое_большое самое_маленькое
  самое_глубокое самое_мелкое|самая_длинная самая_короткая|самый_длинный самый_короткий|самый_высокий самый_низкий
  больше меньше|более менее|выше ниже|раньше позже|лучше хуже|быстрее медленнее|дороже дешевле|старше младше
  чаще реже|дольше короче|первый последний|первая последняя|первым последним|первой последней|первые последние
  до после|большинство меньшинство|увеличился уменьшился|увеличилась уменьшилась|увеличивает уменьшает
  повышает понижает|вырос упал|выросла упала|победил проиграл|победила проиграла|всегда никогда
  начался закончился|началась закончилась|максимальный минимальный|часто редко|много мало|многие немногие
  высокий низкий|высокая низкая|большой маленький|большая маленькая|крупный мелкий|крупная мелкая
  северный южный|северная южная|восточный западный|восточная западная|севере юге|востоке западе|ранний поздний
  новый старый|новая старая|сильный слабый|тёплый холодный|днём ночью|все никакие|верхний нижний|вверх вниз
`);

export const scales: Pairs = bothWays(`
  million billion|billion trillion|thousand million|hundred thousand|млн млрд|тыс млн|миллион миллиард
  миллиона миллиарда|миллионов миллиардов|миллиардов триллионов|миллиарда триллиона|тысяч миллионов|тысячи миллиона
`);

export const units: Pairs = bothWays(`
  km m|kilometres metres|kilometers meters|miles metres|feet metres|kg g|years months|days hours|hours minutes
  percent points|minutes seconds|centuries decades|decades years|weeks days|dollars pounds|pounds euros
  км мм|километров метров|километра метра|кг мг|лет месяцев|дней часов|часов минут|минут секунд
  градусов процентов|долларов рублей|веков лет|процентов раз|недель дней|тонн килограммов|сантиметров миллиметров
`);

function bothWays(list: string): Pairs {
  return list
    .trim()
    .split(/\s*[|\n]\s*/u)
    .flatMap((pair): [string, string][] => {
      const [one = '', other = ''] = pair.split(' ').map((word) => word.replaceAll('_', ' '));
      return [
        [one, other],
        [other, one],
      ];
    });
}
