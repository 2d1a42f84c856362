using Loa.Kernel;
using Loa.Ui;

namespace Loa.Server.Home;

/// <summary>The first page: the desk of whoever signed in, which every module lays its part on.</summary>
static class HomeModule
{
    public static void AddHome(this IServiceCollection services)
    {
        Words.Add(typeof(HomeModule).Assembly);
        services.AddScoped<IDeskPart, RoomTile>();
        services.AddSingleton(new NavItem("home", "/", "home", Order: 0));
    }

    public static void MapHome(this IEndpointRouteBuilder routes) => routes.MapGet("/", Show).RequireSignIn();

    static async Task<IResult> Show(IEnumerable<IDeskPart> parts, Sight sight, CancellationToken cancel)
    {
        var desk = new Desk(sight);
        foreach (var part in parts)
            await part.Lay(desk, cancel);
        return UiModule.Show<HomePage>(new { Desk = desk });
    }
}
