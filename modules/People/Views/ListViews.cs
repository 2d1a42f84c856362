using Loa.Contracts.People;
using Loa.Kernel;
using Loa.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Loa.People.Views;

/// <summary>An officer sees the views he saved, and gives a name to the list that he comes from.</summary>
sealed class ListViews(OwnViews views, Sight sight) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/views", (string? save) => UiModule.Show<ViewsPage>(new { Save = save })).RequireSignIn();

    public Task<IReadOnlyList<SavedView>> Run(CancellationToken cancel) => views.Of(sight.OfficerId!.Value, cancel);
}
