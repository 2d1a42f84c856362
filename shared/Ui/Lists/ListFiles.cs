using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Ui;

/// <summary>The files of a list: what it shows, narrowed, sorted and in the columns of the page, as CSV and as a workbook.</summary>
public static class ListFiles
{
    public static readonly IReadOnlyList<string> Endings = ["xlsx", "csv"];

    /// <param name="path">The page's address; the files' are beside it.</param>
    /// <param name="rows">All rows that the list shows, in its order.</param>
    public static void MapFiles<TUseCase, TRow>(
        this IEndpointRouteBuilder routes,
        string path,
        ListShape<TRow> list,
        string right,
        Func<TUseCase, ListView<TRow>, HttpContext, IAsyncEnumerable<TRow>> rows
    )
        where TUseCase : notnull
    {
        foreach (var ending in Endings)
            routes.MapGet($"{path}{list.Files}.{ending}", http => Send(http, list, ending, rows)).RequireRight(right);
    }

    static Task Send<TUseCase, TRow>(
        HttpContext http,
        ListShape<TRow> list,
        string ending,
        Func<TUseCase, ListView<TRow>, HttpContext, IAsyncEnumerable<TRow>> rows
    )
        where TUseCase : notnull
    {
        var services = http.RequestServices;
        var view = list.Asked(http);
        ListColumn<TRow>[] columns = [.. view.Columns];
        var name = FileName.Of(
            Words.Get(list.Title),
            services.GetRequiredService<TimeProvider>().Today(),
            view.Narrowed(services.GetRequiredService<Sight>()),
            ending
        );
        SheetColumn[] heads = [.. columns.Select(c => new SheetColumn(Words.Get(c.Title), c.Kind))];
        var lines = rows(services.GetRequiredService<TUseCase>(), view, http)
            .Select(row => columns.Select(column => column.Value(row)).ToArray());
        IResult file =
            ending == "csv" ? new Csv(name, [.. heads.Select(h => h.Title)], lines) : new Xlsx(name, heads, lines);
        return file.ExecuteAsync(http);
    }
}
