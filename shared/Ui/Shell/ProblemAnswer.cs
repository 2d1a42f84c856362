using Loa.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Ui;

/// <summary>
/// Shows the page that tells of trouble with services of its own: those of the page that failed may be in the middle of something,
/// a question to the database or a part that is still drawn.
/// </summary>
static class ProblemAnswer
{
    public static async Task Show(HttpContext http, ProblemDetails problem)
    {
        var failed = http.RequestServices;
        await using var scope = failed.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        // Nothing is asked: the database may be away.
        scope.ServiceProvider.GetRequiredService<Sight>().Like(failed.GetRequiredService<Sight>());
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<ProblemView>(new { Problem = problem })
            {
                StatusCode = problem.Status,
            }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = failed;
        }
    }
}
