using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Loa.Browser;

/// <summary>What every form does, met by taking in an officer: nothing is chosen, days are typed, faults are told where they are.</summary>
[Collection("town")]
public sealed class FormsTests(Town town)
{
    [Fact]
    public async Task AnOfficerIsTakenInByABrowserOfAnotherLanguage()
    {
        await using var visit = await town.Officer("tinh.quantri", Visit.Phone, "en-US");
        var page = visit.Page;
        await page.GotoAsync("/officers");
        await visit.Link("officers.add").ClickAsync();
        await page.WaitForURLAsync("**/officers/new");
        var (unit, role, from) = (Named(page, "postUnit"), Named(page, "postRole"), Named(page, "postFrom"));
        await Expect(unit).ToHaveValueAsync("");
        await Expect(role).ToHaveValueAsync("");
        await visit.Picture("officer-new_390");

        // A unit is found without marks, and taken with the key.
        await page.Locator("[data-choice-search]").First.FillAsync("loc tan");
        await page.Locator("[data-choice-search]").First.PressAsync("Enter");
        await Expect(unit.Locator("option:checked")).ToContainTextAsync("Lộc Tấn");
        await role.SelectOptionAsync("author");

        // The first of June, by figures alone; a day that is none is told at once; another is found on the calendar.
        await from.FillAsync("");
        await from.PressSequentiallyAsync("01062026");
        await Expect(from).ToHaveValueAsync("01/06/2026");
        await from.FillAsync("13/13/2026");
        await from.PressAsync("Tab");
        await Expect(Error(from)).ToHaveTextAsync(Visit.Vi("ui.date.bad"));
        await from.FillAsync("1.6.2026");
        await from.PressAsync("Tab");
        await Expect(from).ToHaveValueAsync("01/06/2026");
        await Expect(Error(from)).ToHaveTextAsync("");
        await page.Locator("[data-calendar]").First.ClickAsync();
        await Expect(page.Locator("#calendar .calendar-head")).ToContainTextAsync("tháng 6");
        await visit.View("calendar");
        await visit.IsAccessible();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Expect(from).ToHaveValueAsync("02/06/2026");

        // A name that is taken is told beside its field; what was said lies over nothing.
        await Named(page, "officerName").FillAsync("Trần Thị Bình");
        await Named(page, "userName").FillAsync("loctan.duyet");
        await visit.Button("officers.add.do").ClickAsync();
        var told = page.Locator("#toasts [data-text]");
        await Expect(told).ToHaveTextAsync(Visit.Vi("refused.officer.user-name-taken", "loctan.duyet"));
        await Expect(Error(Named(page, "userName"))).ToHaveTextAsync(await told.InnerTextAsync());
        await Expect(Named(page, "userName")).ToBeFocusedAsync();
        await visit.View("field-error");
        await LiesOverNothing(page);

        // An administrator of the whole commune is asked about; an author is not.
        await Named(page, "userName").FillAsync("thu." + Guid.CreateVersion7().ToString("N")[^12..]);
        await role.SelectOptionAsync("administrator");
        await visit.Button("officers.add.do").ClickAsync();
        await Expect(page.Locator("#confirm-question")).ToContainTextAsync("Lộc Tấn");
        await visit.View("officer-question");
        await page.Locator("#confirm button:not([data-yes])").ClickAsync();
        await role.SelectOptionAsync("author");
        await visit.Button("officers.add.do").ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(Visit.Vi("invitation.title"));
        await visit.Fits();
        await visit.Link("officers.add.another").ClickAsync();
        await Expect(Named(page, "officerName")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task SeveralFaultsAreListedAndEachLeadsToItsField()
    {
        await using var visit = await town.Officer("tinh.quantri");
        var page = visit.Page;
        await page.GotoAsync("/officers/new");
        // As a browser would that does not look itself.
        await page.EvaluateAsync("() => { document.querySelector('main form').noValidate = true; }");
        await visit.Button("officers.add.do").ClickAsync();

        var told = page.Locator("#toasts [data-toast]");
        await Expect(told.Locator("a")).ToHaveCountAsync(4);
        await Expect(told).ToBeFocusedAsync();
        await visit.View("several-faults");
        await told.Locator("a").First.ClickAsync();
        await Expect(Named(page, "officerName")).ToBeFocusedAsync();
    }

    static ILocator Named(IPage page, string name) => page.Locator($"main [name={name}]");

    static ILocator Error(ILocator input) =>
        input.Locator("xpath=ancestor::*[@data-field]").Locator(".invalid-feedback");

    static async Task LiesOverNothing(IPage page) =>
        Assert.True(
            await page.EvaluateAsync<bool>(
                """
                () => {
                  const toasts = document.getElementById('toasts').getBoundingClientRect();
                  const focused = document.activeElement.getBoundingClientRect();
                  return focused.top >= toasts.bottom || focused.bottom <= toasts.top;
                }
                """
            ),
            "What was said lies over the field to be mended."
        );
}
