using Loa.Kernel;
using Loa.Ui;

namespace Loa.Server.Home;

/// <summary>The first page: what waits for this officer, one number per duty, from every module.</summary>
static class HomeModule
{
    public static void AddHome(this IServiceCollection services)
    {
        Words.Add(typeof(HomeModule).Assembly);
        services.AddScoped<IHomeTiles, RoomTile>();
        services.AddSingleton(new NavItem("home", "/", "home", Order: 0));
    }

    public static void MapHome(this IEndpointRouteBuilder routes) => routes.MapGet("/", Show).RequireSignIn();

    static async Task<IResult> Show(IEnumerable<IHomeTiles> modules, Sight sight, CancellationToken cancel)
    {
        var tiles = new List<HomeTile>();
        foreach (var module in modules)
            tiles.AddRange(await module.For(sight, cancel));
        return UiModule.Show<HomePage>(new { Tiles = tiles.OrderBy(t => t.Order).ToArray() });
    }
}
