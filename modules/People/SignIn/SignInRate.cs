using System.Threading.RateLimiting;
using Loa.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Loa.People.SignIn;

/// <summary>How often one address may try to sign in.</summary>
sealed class SignInRate(IOptions<GateOptions> options) : IRateLimiterPolicy<string>
{
    public const string Policy = "sign-in";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } =
        async (context, cancel) =>
        {
            var response = context.HttpContext.Response;
            response.StatusCode = StatusCodes.Status429TooManyRequests;
            response.Headers.RetryAfter = "60";
            await response.WriteAsJsonAsync(
                new
                {
                    status = 429,
                    title = "sign-in.too-often",
                    code = "sign-in.too-often",
                    detail = Words.Get("refused.sign-in.too-often"),
                },
                options: null,
                "application/problem+json",
                cancel
            );
        };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetFixedWindowLimiter(
            Caller.Of(httpContext).Network.ToString(),
            _ =>
                new()
                {
                    PermitLimit = options.Value.AttemptsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    QueueLimit = 0,
                }
        );
}
