using System.Net;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Server;

/// <summary>Every page of the menu says what it is for, from the page itself.</summary>
public sealed class HelpTests(RunningServer server)
{
    [Fact]
    public void Every_page_of_the_menu_has_its_help()
    {
        Assert.All(
            server.Services.GetServices<NavItem>(),
            item =>
            {
                var key = "help." + (item.Url == "/" ? "home" : item.Url.Trim('/'));
                Assert.True(Words.Has(key) && Words.Has(key + ".1"), key);
            }
        );
    }

    [Fact]
    public async Task The_help_of_the_page_at_hand_stands_first_and_that_of_closed_pages_nowhere()
    {
        using var author = await server.SignedIn("binhphuoc.bientap");
        var page = WebUtility.HtmlDecode(await author.GetStringAsync("/speakers?q=1"));
        var link = page.Split("data-help href=\"")[1].Split('"')[0];

        var help = WebUtility.HtmlDecode(await author.GetStringAsync(link));

        Assert.InRange(
            help.IndexOf(Words.Get("help.speakers"), StringComparison.Ordinal),
            0,
            help.IndexOf(Words.Get("help.bulletins"), StringComparison.Ordinal)
        );
        Assert.DoesNotContain(Words.Get("help.officers"), help, StringComparison.Ordinal);
    }
}
