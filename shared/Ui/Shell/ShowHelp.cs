using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loa.Ui;

/// <summary>An officer reads what the page before him is for and how it is done, then the same of the others he may open.</summary>
static class ShowHelp
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/help", Show).RequireSignIn();

    static IResult Show(string? page) => UiModule.Show<HelpPage>(new { From = OwnPage.Of(page) });

    /// <summary>The texts of a page of the menu: <c>help.bulletins</c>, and its steps <c>help.bulletins.1</c> and on.</summary>
    public static string KeyOf(NavItem item) =>
        "help." + (item.Url == "/" ? "home" : item.Url.Trim('/').Replace('/', '-'));

    public static IEnumerable<string> StepsOf(string key) =>
        Enumerable.Range(1, 9).Select(n => $"{key}.{n}").TakeWhile(Words.Has).Select(step => Words.Get(step));
}
