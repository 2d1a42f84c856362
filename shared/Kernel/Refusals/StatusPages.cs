using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Kernel;

/// <summary>A person who is refused without a word (no such page, a number that is none) sees a page that says so, and a way on.</summary>
public static class StatusPages
{
    public static void UseStatusPages(this IApplicationBuilder app) =>
        app.UseStatusCodePages(context => Show(context.HttpContext));

    static Task Show(HttpContext http) =>
        Problems.WantsPage(http.Request) && http.RequestServices.GetService<ProblemPage>() is { } page
            ? page(http, Describe(http))
            : Task.CompletedTask;

    static ProblemDetails Describe(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var key = Words.Has($"status.{status}") ? $"status.{status}" : "status.other";
        return new()
        {
            Status = status,
            Title = key,
            Detail = Words.Get(key, status),
            Extensions = { ["trace"] = RequestTrace.IdOf(http) },
        };
    }
}
