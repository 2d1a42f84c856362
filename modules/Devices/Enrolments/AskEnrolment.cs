using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Registry;
using Loa.Jose;
using Loa.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices.Enrolments;

/// <summary>A speaker that waits asks whether it was claimed; once it was, it takes its id and its signed place home.</summary>
sealed class AskEnrolment(DevicesDb db, TimeProvider clock) : IUseCase
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/air/enrolments/{id:guid}", Answer).AllowAnyone();

    static async Task<AirAnswer<EnrolmentStatus>> Answer(Guid id, AskEnrolment useCase, CancellationToken cancel) =>
        new(await useCase.Run(id, cancel));

    public async Task<EnrolmentStatus> Run(Guid id, CancellationToken cancel)
    {
        var open =
            await db.Enrolments.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, cancel)
            ?? throw new MissingException("enrolment");
        if (open.SpeakerId is not { } speaker)
            return open.Expires > clock.Moment() ? EnrolmentStatus.Waiting : throw new MissingException("enrolment");
        // The board may have been replaced or retired since.
        var key =
            await db.Keys.AsNoTracking().FirstOrDefaultAsync(k => k.SpeakerId == speaker && k.Kid == open.Kid, cancel)
            ?? throw new MissingException("enrolment");
        return new(EnrolmentState.Claimed, speaker, Jws.Low(key.Placement), key.DelegationList);
    }
}
