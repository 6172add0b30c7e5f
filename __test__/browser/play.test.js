'use strict';

// The playground in a real browser. `npm run screenshots` keeps the pictures that the pages of docs/ show.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const texts = require('../../cli/play/texts.json');
const { FAULTS } = require('../../cli/play/user-view.js');
const { messagePush, reply, route } = require('../..');
const { ACCOUNT, app, closeAll, right } = require('../support/cli.js');
const { executable, launch } = require('../support/chromium.js');
const { play } = require('../support/play.js');
const wechat = require('../support/wechat.js');

const inBrowser = executable ? describe : describe.skip;

/** A page draws within that, however busy the machine is. */
const PATIENCE = 15_000;
jest.setTimeout(60_000);

const keep = process.env.SCREENSHOTS === 'keep';
const pictures = keep
  ? path.join(__dirname, '..', '..', 'docs', 'images')
  : fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-play-'));
afterAll(() => keep || fs.rmSync(pictures, { recursive: true }));

const HOSTILE = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script><a href="javascript:alert(1)">x</a>"'&amp;`;

/** An app that has something for everybody. */
const handler = route({
  text: ({ Content }) => SAID[Content] ?? `你说：${Content}`,
  image: () => reply.image('media_id_1'),
  'event.subscribe': () => '欢迎关注！',
  'event.CLICK': ({ EventKey }) => `menu ${EventKey}`,
});
const SAID = {
  hostile: HOSTILE,
  link: 'See <a href="https://example.com/a">our page</a> or <a href="weixin://bizmsgmenu?msgmenucontent=menu&msgmenuid=7">choose</a>',
  news: reply.news([
    {
      title: 'Spring in the hills',
      description: 'Ten walks',
      url: 'https://example.com/spring',
      picUrl: 'https://example.com/a.jpg',
    },
  ]),
  图文: reply.news([
    {
      title: '山里的春天',
      description: '十条步行路线',
      url: 'https://example.com/spring',
      picUrl: 'https://example.com/a.jpg',
    },
  ]),
  music: reply.music({
    title: 'A tune',
    description: 'played by nobody',
    musicUrl: 'https://example.com/a.mp3',
    thumbMediaId: 'm1',
  }),
  video: reply.video({ mediaId: 'media_id_2', title: 'A film' }),
  voice: reply.voice('media_id_3'),
  person: reply.transferCustomerService(),
};

inBrowser('in a browser', () => {
  let browser;
  beforeAll(async () => (browser = await launch()));
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await closeAll();
  });

  /** The playground of an app in a new window; whatever the page complains of fails the test. */
  async function open(url, { args = [], account = ACCOUNT, ...options } = {}) {
    const { page: at, ...rest } = await play(url, [...account, ...args]);
    const context = await browser.newContext({
      locale: 'en-US',
      viewport: { width: 1120, height: 680 },
      ...options,
    });
    const page = await visit(context, at);
    return { at, page, context, ...rest };
  }

  async function visit(context, at) {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.complaints = [];
    page.on('pageerror', (error) => page.complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && page.complaints.push(message.text()));
    page.on('dialog', (dialog) => page.complaints.push(`dialog: ${dialog.message()}`));
    page.on(
      'request',
      (request) =>
        request.url().startsWith(new URL(at).origin) || page.complaints.push(`asked ${request.url()}`),
    );
    await page.goto(at);
    await page.getByRole('article').first().waitFor();
    return page;
  }

  const say = async (page, text, user = 'User A') => {
    const phone = page.getByRole('article', { name: user });
    await phone.getByLabel('Message', { exact: true }).fill(text);
    await phone.getByRole('button', { name: 'Send' }).click();
  };
  const seen = (page, text) => page.locator('.log .entry', { hasText: text }).last().waitFor();
  const details = (page) => page.locator('#details');

  test('the check of the URL is shown, and a text is answered', async () => {
    const { page } = await open(await app(right({}, handler)));
    await page.locator('.handshake .chip.ok').waitFor();
    await say(page, '你好');
    await seen(page, '你说：你好');
    await details(page).getByText('replied').waitFor();
    const opened = await details(page)
      .getByRole('group', { name: 'Body, decrypted', exact: true })
      .textContent();
    expect(opened).toContain('<Content><![CDATA[你好]]></Content>');
    expect(await details(page).getByRole('group', { name: 'Body', exact: true }).textContent()).toContain(
      '<Encrypt>',
    );
    const read = await details(page).getByRole('group', { name: 'Reply as WeChat reads it' }).textContent();
    expect(JSON.parse(read)).toMatchObject({ MsgType: 'text', Content: '你说：你好' });
    expect(page.complaints).toEqual([]);
  });

  test('events are pushed by a tap, and from a form that the message table fills', async () => {
    const { page } = await open(await app(right({}, handler)));
    await page.getByRole('button', { name: 'Follow' }).click();
    await seen(page, '欢迎关注！');

    await page.getByRole('button', { name: 'Event', exact: true }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Find').fill('scancode_push');
    const codes = form.locator('[data-name="ScanCodeInfo"]');
    expect(JSON.parse(await codes.inputValue())).toMatchObject({ ScanType: 'qrcode' });
    await form.getByLabel('Find').fill('CLICK');
    await form.getByLabel('Kind').selectOption({ label: await optionOf(form, 'event.CLICK ·') });
    await form.getByLabel('EventKey', { exact: true }).fill('MENU_7');
    await form.getByRole('button', { name: 'Send', exact: true }).click();
    await form.locator('#outcome').getByText('menu MENU_7').waitFor();

    await form.getByLabel('Name of the field').fill('Own');
    await page.keyboard.press('Enter');
    await page.keyboard.type('mine');
    expect(await form.getByLabel('Own', { exact: true }).inputValue()).toBe('mine');
    await form.getByLabel('Send on every change').check();
    await form.getByLabel('EventKey', { exact: true }).fill('MENU_8');
    await form.locator('#outcome').getByText('menu MENU_8').waitFor();
    await form.getByLabel('Find').fill('no such kind');
    await form.getByLabel('EventKey', { exact: true }).fill('MENU_9');
    await form.locator('#outcome').getByText('menu MENU_9').waitFor();
    await page.keyboard.press('Escape');
    await seen(page, 'menu MENU_9');
    // A search sends nothing.
    expect(await page.locator('.pushes li', { hasText: 'event.CLICK' }).count()).toBe(3);

    await page.getByRole('button', { name: 'Edit …' }).click();
    expect(await form.getByLabel('EventKey', { exact: true }).inputValue()).toBe('MENU_9');
    await page.keyboard.press('Escape');
    expect(page.complaints).toEqual([]);
  });

  const optionOf = async (form, start) => {
    const labels = await form.getByLabel('Kind').locator('option').allTextContents();
    return labels.find((label) => label.startsWith(start));
  };

  test('a slow handler is asked three times, and the user is told what WeChat tells', async () => {
    const slow = (req, res, next) =>
      req.method === 'GET' ? next() : setTimeout(() => res.end('success'), 9000).unref();
    const { page } = await open(await app(slow, right({}, handler)), { args: ['--timeout', '1.5'] });
    await say(page, 'hi');
    await details(page).getByText('delivery 2 of 3').waitFor();
    await seen(page, FAULTS['official-account']);
    const deliveries = details(page).locator('.deliveries li');
    expect(await deliveries.count()).toBe(3);
    expect(await details(page).locator('.fill.failed').count()).toBe(3);
    await details(page).getByText('did not answer within 1.5 s').waitFor();
    expect(await details(page).getByText('WeChat waits 1.5 s').count()).toBe(1);
    await deliveries.first().getByRole('button').click();
    expect(await deliveries.first().getByRole('button').getAttribute('aria-pressed')).toBe('true');
  });

  test('a wrong Token is explained', async () => {
    const { page } = await open(await app(right({ token: 'another' }, handler)));
    await page.locator('.handshake .why').getByText('its Token is another one than given here').waitFor();
    await say(page, 'hi');
    await seen(page, FAULTS['official-account']);
    await details(page).getByText('The server refused the message (400)').waitFor();
    await details(page).getByText('So the server has another Token').waitFor();
  });

  test('what an app says stays text, wherever it stands', async () => {
    const { page, at } = await open(await app(right({}, handler)));
    await say(page, 'hostile');
    await seen(page, '<img src=x');
    expect(await page.locator('.entry.account .bubble').textContent()).toBe(HOSTILE);
    expect(await page.locator('#details q').textContent()).toBe(HOSTILE);
    await say(page, HOSTILE);
    await page.locator('.entry.user', { hasText: '<script>' }).waitFor();
    expect(await page.locator('img').count()).toBe(1);
    expect(await page.locator('.log a, #details script, .log script').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
    expect(page.complaints).toEqual([]);

    // Even a script of the page could not make HTML of it.
    const made = await page.evaluate((text) => {
      try {
        document.body.innerHTML = text;
        return 'made';
      } catch (error) {
        return error.name;
      }
    }, HOSTILE);
    expect(made).toBe('TypeError');
    expect(at).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });

  test('every kind of message and reply has its look', async () => {
    const { page } = await open(await app(right({}, handler)));
    for (const [said, look] of [
      ['news', '.article strong'],
      ['music', '.bubble.card .foot'],
      ['video', '.bubble.card .screen'],
      ['voice', '.bubble .sound'],
      ['person', '.words'],
      ['link', '.bubble a[href="https://example.com/a"]'],
    ]) {
      await say(page, said);
      await page.locator(`.entry ${look}`).last().waitFor();
    }
    await page.getByRole('button', { name: 'choose' }).click();
    await seen(page, '你说：menu');
    for (const kind of ['Picture', 'Voice', 'Video', 'Location', 'Link', 'Mini program']) {
      await page.getByRole('button', { name: kind, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Send', exact: true }).click();
      await dialog.locator('#outcome .chip:not(.waiting)').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();
    }
    expect(await page.locator('.entry.user .bubble.card').count()).toBe(5);
    await seen(page, 'media_id_1');
    expect(page.complaints).toEqual([]);
  });

  test('several users chat side by side, by the keyboard alone', async () => {
    const { page } = await open(await app(right({}, handler)));
    await page.getByRole('button', { name: 'Add a user' }).focus();
    await page.keyboard.press('Enter');
    const second = page.getByRole('article', { name: 'User B' });
    await second.waitFor();
    // What somebody is writing stays, whoever else comes.
    await page.getByRole('article', { name: 'User A' }).getByLabel('Message', { exact: true }).fill('half a');
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('article', { name: 'User C' }).waitFor();
    expect(await page.getByRole('article', { name: 'User A' }).getByLabel('Message').inputValue()).toBe(
      'half a',
    );
    await second.getByLabel('Message', { exact: true }).focus();
    await page.keyboard.type('from B');
    await page.keyboard.press('Enter');
    await second.getByText('你说：from B').waitFor();
    expect(await page.getByRole('article', { name: 'User A' }).getByText('from B').count()).toBe(0);
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement.title)).toBe('Mini program');
  });

  test('two tabs stay in step', async () => {
    const { page, context, at } = await open(await app(right({}, handler)));
    const other = await visit(context, at);
    await say(page, 'one');
    await seen(other, '你说：one');
    await other.getByLabel('Mode').first().selectOption('plain');
    await page.waitForFunction(() => document.getElementById('top-mode').value === 'plain');
    await other.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.entry').first().waitFor({ state: 'detached' });
  });

  test('a push is copied, sent again as another, exported and imported', async () => {
    const { page, context } = await open(await app(right({ mode: 'compat' }, handler)));
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await say(page, 'copy me');
    await seen(page, '你说：copy me');
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied.').waitFor();
    expect(await clipboard()).toMatch(/^curl -sS/);
    await page.getByRole('button', { name: 'Copy as test' }).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('createGateway'));

    await page.getByText('Send again as').click();
    await details(page).getByLabel('Format').selectOption('JSON');
    await page.locator('.pushes li').nth(1).waitFor();
    await details(page)
      .getByRole('group', { name: 'Body', exact: true })
      .getByText('{"ToUserName"')
      .waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ]);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('input[type=file]').setInputFiles(await download.path());
    await page.getByText('Imported.').waitFor();
    expect(await page.locator('.pushes li', { hasText: 'recorded' }).count()).toBe(2);
    await page.locator('input[type=file]').setInputFiles({
      name: 'x.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"wechat-push": "rec'),
    });
    await page.getByRole('status').getByText('The recording is cut off').waitFor();
    expect(page.complaints.filter((one) => !one.includes('400'))).toEqual([]);
  });

  test('the text of a bot grows, and its users have what they can send', async () => {
    const { token, encodingAESKey } = wechat.account;
    let goOn;
    const bot = messagePush(
      { platform: 'wecom-bot', token, encodingAESKey },
      async function* answer({ event }) {
        if (event) return yield 'Welcome!';
        yield 'It grows';
        await new Promise((resolve) => (goOn = resolve));
        yield ', and ends.';
      },
    );
    const account = ['--platform=wecom-bot', `--token=${token}`, `--encoding-aes-key=${encodingAESKey}`];
    const { page } = await open(await app(bot), { account });
    await page.locator('.handshake .chip.ok').waitFor();
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await seen(page, 'Welcome!');
    await say(page, 'hi');
    await page.locator('.growing', { hasText: 'It grows' }).waitFor();
    // Who is reading is not disturbed by what comes.
    await page.setViewportSize({ width: 1120, height: 420 });
    await details(page).locator('summary').click();
    await details(page).locator('#copy-raw-reply').focus();
    await details(page).evaluate((node) => (node.scrollTop = 150));
    goOn();
    await seen(page, 'It grows, and ends.');
    expect(await details(page).evaluate((node) => node.scrollTop)).toBe(150);
    expect(await details(page).locator('#as').getAttribute('open')).toBe('');
    expect(await page.evaluate(() => document.activeElement.id)).toBe('copy-raw-reply');
    expect(await page.locator('.growing').count()).toBe(0);
    await details(page).getByText('Refresh 1').waitFor();
    await page.getByRole('button', { name: 'Text and pictures' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('.log .mixed .bubble.card').waitFor();
    goOn();
    expect(page.complaints).toEqual([]);
  });

  test('when the command has ended, the page says so', async () => {
    const { page, stop } = await open(await app(right({}, handler)));
    await stop();
    await page.getByText('Is the command still running?').waitFor();
  });

  describe.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['zh', 'light'],
    ['zh', 'dark'],
  ])('in %s, %s', (lang, theme) => {
    const word = (key) => key.split('.').reduce((at, name) => at[name], texts)[lang];

    async function furnished(options) {
      const failing = (req, res, next) =>
        req.method === 'POST' && broken ? res.status(500).send('oops') : next();
      let broken = false;
      const opened = await open(await app(failing, right({}, handler)), {
        args: [`--lang=${lang}`],
        colorScheme: theme,
        ...options,
      });
      const { page } = opened;
      const send = async (text) => {
        await page.locator('.phone .line input').first().fill(text);
        await page.keyboard.press('Enter');
      };
      await send('你好');
      await seen(page, '你说：你好');
      await send(lang === 'zh' ? '图文' : 'news');
      await seen(page, lang === 'zh' ? '山里的春天' : 'Spring');
      await page.locator('.phone header button').first().click();
      await seen(page, '欢迎关注！');
      return { ...opened, send, breakIt: () => (broken = true) };
    }

    /** The pictures of the docs, which are of the English page in light and of the Chinese one in dark colours. */
    async function picture(page, name) {
      await page.mouse.move(0, 0);
      await page.evaluate(() => document.activeElement?.blur());
      const file = path.join(pictures, `${name}.png`);
      await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
      expect(fs.statSync(file).size).toBeGreaterThan(20_000);
    }
    const isShown = (lang === 'en') === (theme === 'light');

    test('the page speaks its language, in its colours', async () => {
      const { page, send, breakIt } = await furnished();
      expect(await page.locator('html').getAttribute('lang')).toBe(lang === 'zh' ? 'zh-CN' : 'en');
      await page.getByText(word('exchange.deliveries'), { exact: true }).waitFor();
      const text = await page.locator('body').innerText();
      expect(text).not.toMatch(/\b(chat|exchange|form|way|result|theme)\.[a-z_]+\b|undefined|\[object/);
      const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(dark).toBe(theme === 'dark' ? 'rgb(18, 20, 22)' : 'rgb(243, 244, 246)');
      if (isShown) await picture(page, `play-${lang}`);
      breakIt();
      await send('再见');
      await seen(page, FAULTS['official-account']);
      if (isShown) await picture(page, `play-fault-${lang}`);
    });

    test('colours and language can be chosen, and stay', async () => {
      const { page } = await furnished();
      await page.locator('#theme').selectOption(theme === 'dark' ? 'light' : 'dark');
      await page.locator('#language').click();
      const other = lang === 'zh' ? 'en' : 'zh';
      await page.getByText(texts.exchange.deliveries[other], { exact: true }).waitFor();
      await page.reload();
      await page.getByText(texts.exchange.deliveries[other], { exact: true }).waitFor();
      const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(colour).toBe(theme === 'dark' ? 'rgb(243, 244, 246)' : 'rgb(18, 20, 22)');
    });

    test('axe finds nothing serious', async () => {
      // Its own script is one that the policy of the page does not let in.
      const { page, send, breakIt } = await furnished({ bypassCSP: true });
      await page.addScriptTag({ content: require('axe-core').source });
      const serious = async () => {
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => [
            id,
            nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
          ]);
      };
      expect(await serious()).toEqual([]);
      breakIt();
      await send('再见');
      await seen(page, FAULTS['official-account']);
      expect(await serious()).toEqual([]);
      await page.getByRole('button', { name: word('chat.event'), exact: true }).click();
      await page.getByRole('dialog').locator('.field').first().waitFor();
      expect(await serious()).toEqual([]);
    });

    test('the form is filled', async () => {
      const { page } = await furnished();
      await page.getByRole('button', { name: word('chat.location'), exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('.main').click();
      await dialog.locator('#outcome .chip').waitFor();
      await dialog.locator('#outcome .chip:not(.waiting)').waitFor();
      expect(await dialog.locator('[data-name="Label"]').inputValue()).toBe('广州市海珠区示例路1号');
      expect(await page.locator('body').innerText()).not.toMatch(/undefined|\[object/);
      if (isShown) await picture(page, `play-form-${lang}`);
    });
  });

  test('a narrow window has one column, and nothing sticks out', async () => {
    const { page } = await open(await app(right({}, handler)), { viewport: { width: 390, height: 800 } });
    await say(page, 'hi');
    await seen(page, '你说：hi');
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('article', { name: 'User B' }).waitFor();
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1]);
  });
});
