package main

import (
	"context"
	"net"
	"sync"

	cosi "github.com/cosi-project/runtime/api/v1alpha1"
	"github.com/cosi-project/runtime/pkg/resource"
	"github.com/cosi-project/runtime/pkg/state"
	"github.com/cosi-project/runtime/pkg/state/impl/inmem"
	"github.com/cosi-project/runtime/pkg/state/impl/namespaced"
	"github.com/cosi-project/runtime/pkg/state/protobuf/server"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/nethelpers"
	"github.com/siderolabs/talos/pkg/machinery/resources/block"
	cfgres "github.com/siderolabs/talos/pkg/machinery/resources/config"
	"github.com/siderolabs/talos/pkg/machinery/resources/network"
	"github.com/siderolabs/talos/pkg/machinery/resources/runtime"
)

// facts are the machine's resources, in the machinery's own types and encoding.
type facts struct {
	state state.State

	mu  sync.Mutex
	now machine.MachineStatusEvent_MachineStage
}

func newFacts(mac string) (*facts, error) {
	hw, err := net.ParseMAC(mac)
	if err != nil {
		return nil, err
	}

	f := &facts{state: state.WrapCore(namespaced.NewState(inmem.Build))}

	link := network.NewLinkStatus(network.NamespaceName, "enp0s1")
	link.TypedSpec().HardwareAddr = nethelpers.HardwareAddr(hw)
	link.TypedSpec().PermanentAddr = nethelpers.HardwareAddr(hw)

	ssd := block.NewDisk(block.NamespaceName, "sda")
	*ssd.TypedSpec() = block.DiskSpec{
		DevPath: "/dev/sda", Size: 16 << 30, Model: "FAKE SSD 16G", Serial: "FAKE0001", WWID: "naa.5000000000000001", Transport: "sata",
	}

	stick := block.NewDisk(block.NamespaceName, "sdb")
	*stick.TypedSpec() = block.DiskSpec{DevPath: "/dev/sdb", Size: 8 << 30, Model: "FAKE USB", Serial: "FAKE0002", Transport: "usb", Rotational: true}

	loop := block.NewDisk(block.NamespaceName, "loop0")
	*loop.TypedSpec() = block.DiskSpec{DevPath: "/dev/loop0", Size: 70 << 20, Readonly: true}

	windows := block.NewDiscoveredVolume(block.NamespaceName, "sda2")
	*windows.TypedSpec() = block.DiscoveredVolumeSpec{
		DevPath: "/dev/sda2", Type: "partition", Parent: "sda", ParentDevPath: "/dev/sda", Name: "ntfs", Label: "Windows",
	}

	for _, r := range []resource.Resource{link, ssd, stick, loop, windows, runtime.NewMachineStatus()} {
		if err = f.state.Create(context.Background(), r); err != nil {
			return nil, err
		}
	}

	return f, nil
}

func (f *facts) server() cosi.StateServer { return server.NewState(f.state) }

func (f *facts) stage() machine.MachineStatusEvent_MachineStage {
	f.mu.Lock()
	defer f.mu.Unlock()

	return f.now
}

// reached sets the stage; the two enumerations have the same numbers.
func (f *facts) reached(s machine.MachineStatusEvent_MachineStage) {
	f.mu.Lock()
	f.now = s
	f.mu.Unlock()

	status := runtime.NewMachineStatus()

	_, _ = f.state.UpdateWithConflicts(context.Background(), status.Metadata(), func(r resource.Resource) error { //nolint:errcheck
		r.(*runtime.MachineStatus).TypedSpec().Stage = runtime.MachineStage(s) //nolint:forcetypeassert

		return nil
	})
}

func (f *facts) configured(cfg config.Provider) error {
	r := cfgres.NewMachineConfig(cfg)

	if _, err := f.state.Get(context.Background(), r.Metadata()); err == nil {
		if err = f.state.Destroy(context.Background(), r.Metadata()); err != nil {
			return err
		}
	}

	return f.state.Create(context.Background(), r)
}

// sensitive tells what only an administrator may read.
func sensitive(req any) bool {
	in, ok := req.(*cosi.GetRequest)

	return ok && in.GetType() == string(cfgres.MachineConfigType)
}
