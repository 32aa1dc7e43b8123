package im.linnet.cli.web;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Groups, people and files on the page, each in two windows. */
@WebTest
class WebMessengerIT {
  private static final String LISTS =
      "[...document.querySelectorAll('#talks .shown-name')].some(e => e.textContent ==="
          + " arguments[0])";
  private static final String MEMBERS =
      "[...document.querySelectorAll('#sheet .person-row .name')].map(e => e.textContent).join()"
          + " === arguments[0]";
  private static final String OFFERED =
      "[...document.querySelectorAll('#sheet .picker button')].filter(e => e.checkVisibility())"
          + ".map(e => e.textContent).join() === arguments[0]";
  private static final String TELLS =
      "document.querySelector('#sheet .outcome').textContent === arguments[0]";

  /** A picture that is far too large for a message, and a file that is not. */
  private static final String BRING =
      """
      const done = arguments[0];
      const canvas = Object.assign(document.createElement('canvas'), { width: 1600, height: 1000 });
      const pen = canvas.getContext('2d');
      for (let i = 0; i < 9000; i++) {
        pen.fillStyle = `hsl(${i * 47} 80% ${(i * 31) % 100}%)`;
        pen.fillRect((i * 97) % 1600, (i * 61) % 1000, 40, 20);
      }
      canvas.toBlob((blob) => {
        const chosen = new DataTransfer();
        chosen.items.add(new File([blob], 'garden.png', { type: 'image/png' }));
        chosen.items.add(new File(['hello'], 'notes.txt', { type: 'text/plain' }));
        chosen.items.add(new File([new Uint8Array(40000)], 'big.bin'));
        const input = document.getElementById('attach-file');
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
        done();
      });
      """;

  private static final String CHOOSE_FACE =
      """
      const done = arguments[0];
      const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
      const pen = canvas.getContext('2d');
      pen.fillStyle = 'rgb(200 30 40)';
      pen.fillRect(0, 0, 900, 600);
      canvas.toBlob((blob) => {
        const chosen = new DataTransfer();
        chosen.items.add(new File([blob], 'me.png', { type: 'image/png' }));
        const input = document.querySelector('#sheet input[type=file]');
        input.files = chosen.files;
        input.dispatchEvent(new Event('change'));
        done();
      });
      """;

  /** Whether an avatar shows the red picture. */
  private static final String SHOWS_FACE =
      "(() => { const drawn = document.querySelector(arguments[0] + ' canvas');"
          + " if (!drawn) return false;"
          + " const [red, green] = drawn.getContext('2d').getImageData(5, 5, 1, 1).data;"
          + " return red > 150 && green < 80; })()";

  /** Whether the one picture is there with its colours, and the file beside it. */
  private static final String HAS_PICTURE =
      """
      (() => {
        const found = document.querySelectorAll('.attachment canvas');
        const names = [...found].map(e => e.getAttribute('aria-label'));
        const files = document.querySelectorAll('.attachment').length;
        if (names.join() !== 'Photo: garden.png' || files !== 2) {
          return false;
        }
        const { width, height } = found[0];
        const { data } = found[0].getContext('2d').getImageData(0, 0, width, height);
        return width > 100 && new Set(new Uint32Array(data.buffer)).size > 100;
      })()""";

  /** Whether the list shows that badge at that name. */
  private static final String BADGE =
      "[...document.querySelectorAll('#talks > li')].some(e =>"
          + " e.querySelector('.shown-name').textContent === arguments[0]"
          + " && e.querySelector('.badge').checkVisibility()"
          + " && e.querySelector('.badge > span').textContent === arguments[1])";

  private static final String NO_ACTS =
      "![...document.querySelectorAll('#sheet-body button')].some(e => e.checkVisibility())";
  private static final String IS_DECLINED =
      "[...document.querySelectorAll('#sheet .person-row .text')].some(e =>"
          + " e.textContent.startsWith('declined'))";
  private static final String HOLDS =
      "[...document.querySelectorAll('#messages .content')].some(e => e.textContent ==="
          + " arguments[0])";

  @Test
  void aGroupLivesFromItsCreationToItsEnd(Visitors visitors) {
    ChatPage gwen = visitors.desktop("gwen");
    ChatPage hank = visitors.desktop("hank");
    gwen.find("Tea club", "New group “Tea club”");
    gwen.fill("Members", "hank otto");
    gwen.press("sheet", "Create group");
    gwen.seeText("#peer-name", "Tea club");
    gwen.seeText("#peer-presence", "3 members");
    gwen.say("Welcome");
    hank.seeThat("the group is in the list", LISTS, "Tea club");
    hank.seeThat("its badge counts", BADGE, "Tea club", "1");
    hank.seeThat("the title counts", "document.title === '(1) Linnet'");
    hank.find("tea", "Tea club");
    hank.seeTheirs("Welcome");
    hank.seeThat("nothing is unread", "document.title === 'Linnet'");
    gwen.seeOwn("Welcome", "read");
    hank.type("T");
    gwen.seeText("#peer-presence", "hank is typing…");
    hank.type("hank you", Keys.ENTER);
    gwen.seeTheirs("Thank you");

    gwen.openMenu("Welcome");
    gwen.press("#change [value=readers]");
    gwen.seeThat("hank has read it", MEMBERS, "hank");
    gwen.type(Keys.ESCAPE);
    gwen.press("#details");
    gwen.fill("Add members", "pete");
    gwen.press("sheet", "Add");
    gwen.seeThat("pete is there", MEMBERS, "gwen (you),hank,otto,pete");
    gwen.fill("Name of the group", "Cake club");
    gwen.press("sheet", "Rename");
    gwen.seeText("#sheet .big-name", "Cake club");
    gwen.press("#sheet [aria-label='Remove: pete']");
    gwen.press("#confirm [value=yes]");
    gwen.seeThat("pete is gone", MEMBERS, "gwen (you),hank,otto");
    gwen.press("sheet", "Leave group");
    gwen.press("#confirm [value=yes]");
    gwen.seeThat(
        "a founder stays",
        TELLS,
        "You founded this group. Make another member its founder first, or disband it.");
    gwen.press("#sheet [aria-label='Make founder: hank']");
    gwen.press("#confirm [value=yes]");
    hank.seeNote("gwen added pete.");
    hank.seeNote("gwen named the group “Cake club”.");
    hank.seeNote("gwen removed pete.");
    hank.seeNote("gwen made you the founder.");
    gwen.press("sheet", "Leave group");
    gwen.press("#confirm [value=yes]");
    gwen.seeThat("the group is gone", "!(" + LISTS + ")", "Cake club");
    hank.seeNote("gwen left.");
    hank.press("#details");
    hank.press("sheet", "Disband group");
    hank.press("#confirm [value=yes]");
    hank.seeThat("the group is gone", "!(" + LISTS + ")", "Cake club");
    visitors.assertNoErrors();
  }

  @Test
  void peopleBecomeFriendsNameAndBlockEachOther(Visitors visitors) {
    ChatPage inga = visitors.desktop("inga");
    ChatPage jack = visitors.desktop("jack");
    inga.find("jack", "Add friend jack");
    inga.fill("Message (optional)", "Do you know me?");
    inga.press("sheet", "Send request");
    inga.seeThat("the request is on its way", TELLS, "Request sent to jack.");
    inga.type(Keys.ESCAPE);

    jack.seeText("#requests", "1");
    jack.press("#people");
    jack.seeText("#sheet .person-row .name", "inga");
    jack.press("#sheet [aria-label='Decline: inga']");
    jack.seeThat("it is declined", TELLS, "Declined.");
    inga.press("#people");
    inga.seeThat("the request is declined", IS_DECLINED);
    inga.fill("Name", "jack");
    inga.fill("Message (optional)", "Do you know me?");
    inga.press("sheet", "Send request");
    inga.seeThat("the request is on its way", TELLS, "Request sent to jack.");
    inga.type(Keys.ESCAPE);
    jack.press("#sheet [aria-label='Accept: inga']");
    jack.seeThat("they are friends", TELLS, "You and inga are friends now.");
    jack.press("#sheet .person");
    jack.fill("Name for this contact", "Boss");
    jack.press("sheet", "Save");
    jack.seeText("#sheet .big-name", "Boss");
    jack.press("sheet", "Message");
    jack.seeText("#peer-name", "Boss");
    jack.seeNote("Boss asked you to be friends: “Do you know me?”");
    jack.say("Hello");
    inga.choose("jack");
    inga.seeTheirs("Hello");
    inga.seeNote("You and jack are friends now.");
    jack.press("#me");
    jack.fill("What others see", "Busy");
    inga.seePresence("busy");
    jack.type(Keys.ESCAPE);

    jack.press("#details");
    jack.press("sheet", "Block");
    jack.seeText("#closed", "You blocked this user. Unblock them in the details to write.");
    inga.say("Are you there?");
    inga.seeText(
        "#messages .why",
        "Not sent: You cannot write here. Perhaps you are blocked, or not a member.");
    inga.say("Hm?");
    inga.openMenu("Hm?");
    inga.press("#change [value=remove]");
    inga.seeThat("the message is gone", "!(" + HOLDS + ")", "Hm?");
    jack.press("sheet", "Unblock");
    jack.type(Keys.ESCAPE);
    inga.say("And now?");
    jack.seeTheirs("And now?");
    inga.openMenu("Are you there?");
    inga.press("#change [value=again]");
    jack.seeTheirs("Are you there?");
    inga.seeOwn("Are you there?", "read");
    inga.seeThat("no message failed", "document.querySelector('#messages .why') === null");

    jack.find("Band", "New group “Band”");
    jack.seeThat("a friend is offered", OFFERED, "Boss");
    jack.fill("Members", "inga");
    jack.press("sheet", "Create group");
    jack.seeText("#peer-presence", "2 members");
    jack.press("#details");
    jack.seeThat("inga is a member", MEMBERS, "Boss,jack (you)");
    jack.seeThat("and not offered again", OFFERED, "");

    inga.find("Band", "Band");
    inga.seeText("#peer-name", "Band");
    String tab = inga.newTab();
    jack.type(Keys.ESCAPE);
    jack.say("Tonight at six");
    jack.press("#details");
    jack.press("#sheet [aria-label='Remove: Boss']");
    jack.press("#confirm [value=yes]");
    jack.seeThat("inga is out", MEMBERS, "jack (you)");
    jack.type(Keys.ESCAPE);
    inga.toTab(tab);
    inga.seeTheirs("Tonight at six");
    inga.seeNote("jack removed you.");
    inga.seeText("#closed", "You are no longer in this group.");
    inga.seeThat("nothing can be written", "document.getElementById('composer').hidden");
    inga.press("#details");
    inga.seeText("#sheet .hint", "You are not in this group.");
    inga.seeThat("nothing can be done there", NO_ACTS);
    inga.type(Keys.ESCAPE);
    jack.press("#talks [data-key=inga] button");
    jack.say("We are too many");
    inga.choose("jack");
    jack.seeOwn("We are too many", "read");
    jack.press("#details");
    jack.press("sheet", "Remove friend");
    jack.press("#confirm [value=yes]");
    jack.seeThat("they are no friends", TELLS, "Removed.");
    inga.seeNote("jack removed you from the friends.");
    visitors.assertNoErrors();
  }

  @Test
  void picturesAndFilesShowOnAllDevicesAndTheListIsTheSameThere(Visitors visitors) {
    ChatPage kate = visitors.desktop("kate");
    ChatPage liam = visitors.desktop("liam");
    kate.talkTo("liam");
    liam.talkTo("kate");
    kate.say("Look");
    kate.seeOwn("Look", "read");
    kate.askLater(BRING);
    kate.seeText("#send-error", "A file has at most 23.9 KB here. “big.bin” has 39.1 KB.");
    liam.seeThat("the picture is drawn", HAS_PICTURE);
    liam.seePreview("kate", "File: notes.txt");

    ChatPage phone = visitors.phone("kate");
    phone.seeOnlyTheList();
    phone.seePreview("liam", "You: File: notes.txt");
    phone.seeUnread("liam", 0);
    phone.choose("liam");
    phone.seeOnlyTheTalk();
    phone.seeThat("the picture is drawn", HAS_PICTURE);
    visitors.assertNoErrors();
  }

  @Test
  void aNameAndAPictureShowToOthersAndOnTheOwnDevices(Visitors visitors) {
    ChatPage mona = visitors.desktop("mona");
    mona.press("#me");
    mona.fill("Name that others see", "Mona Lund");
    mona.press("sheet", "Save");
    mona.seeThat("the name is saved", TELLS, "Saved.");
    mona.askLater(CHOOSE_FACE);
    mona.seeThat("the picture is drawn", SHOWS_FACE, "#sheet .avatar.large");
    mona.type(Keys.ESCAPE);
    mona.seeThat("the picture is drawn", SHOWS_FACE, "#me-avatar");

    ChatPage nils = visitors.desktop("nils");
    nils.find("mona", "Message mona");
    nils.seeText("#peer-name", "Mona Lund");
    nils.seeThat("the picture is drawn", SHOWS_FACE, "#peer-avatar");
    nils.say("Is that you?");
    nils.seeThat("the list has the name", LISTS, "Mona Lund");

    ChatPage phone = visitors.phone("mona");
    phone.seeThat("the picture is drawn", SHOWS_FACE, "#me-avatar");
    visitors.assertNoErrors();
  }
}
